import { describe, expect, it } from 'vitest'
import { takesGrid, windowGridOf } from './pack-grids.ts'
import type { PackGrids } from './pack.ts'

const fixed: PackGrids = { kind: 'fixed', rows: 16, columns: 16 }
const free: PackGrids = { kind: 'free', rows: 16, columns: 16, multipleOf: 2, maxTokens: 512 }

describe('windowGridOf', () => {
  it('is the canvas where the stage takes it whole', () => {
    expect(windowGridOf(fixed, { rows: 16, columns: 16 })).toEqual({ rows: 16, columns: 16 })
    expect(windowGridOf(free, { rows: 16, columns: 32 })).toEqual({ rows: 16, columns: 32 })
  })

  it('is the native grid for a canvas that is too large', () => {
    expect(windowGridOf(fixed, { rows: 16, columns: 24 })).toEqual({ rows: 16, columns: 16 })
    expect(windowGridOf(free, { rows: 32, columns: 32 })).toEqual({ rows: 16, columns: 16 })
  })
})

describe('takesGrid', () => {
  it('asks free grids for whole multiples', () => {
    expect(takesGrid(free, { rows: 15, columns: 16 })).toBe(false)
  })
})
