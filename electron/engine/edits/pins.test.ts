import { describe, expect, it } from 'vitest'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import { keepFittingPins } from './pins.ts'

const crop = { x: 32, y: 0, cellSize: 16, rows: 1, columns: 3 }
const plan = { rows: 1, columns: 3, tokenMask: Uint8Array.of(0, 1, 1), passes: [] }
const pin = (x: number, change = {}) => ({ x, y: 0, cellSize: 16, token: 7, step: 0, ...change })

describe('the pins of a plan', () => {
  it('are those on cells that may change', () => {
    const { pins, plan: pinned } = keepFittingPins([pin(32), pin(48), pin(800)], crop, plan)
    expect(pins).toEqual([pin(48)])
    expect(pinned.pins).toEqual([{ position: 1, token: 7, step: 0 }])
  })

  it('are none where the scale is another, and the plan stays as it is', () => {
    expect(keepFittingPins([pin(48, { cellSize: 8 })], crop, plan)).toEqual({ pins: [], plan })
  })

  it('count once per cell, the first of them', () => {
    expect(keepFittingPins([pin(48), pin(48, { token: 9 })], crop, plan).pins).toEqual([pin(48)])
  })

  it('may not cover all there is to change from the beginning', () => {
    expect(() => keepFittingPins([pin(48), pin(64)], crop, plan)).toThrow(EDIT_ERRORS.allPinned)
    expect(keepFittingPins([pin(48), pin(64, { step: 3 })], crop, plan).pins).toHaveLength(2)
  })
})
