import { describe, expect, it } from 'vitest'
import { cellAt, isSameCell, positionInCrop } from './pins.ts'

describe('pinned cells', () => {
  const crop = { x: -32, y: 64, cellSize: 16, rows: 4, columns: 8 }

  it('are found again in their crop', () => {
    for (const position of [0, 7, 8, 31]) expect(positionInCrop(crop, cellAt(crop, position))).toBe(position)
  })

  it('hold in another crop of the same cell size, wherever it begins', () => {
    const cell = cellAt(crop, 9)
    expect(positionInCrop({ ...crop, x: -16, y: 80 }, cell)).toBe(0)
  })

  it('do not hold beyond a crop, between its cells or at another scale', () => {
    const cell = cellAt(crop, 0)
    expect(positionInCrop({ ...crop, x: -16 }, cell)).toBeUndefined()
    expect(positionInCrop({ ...crop, x: -40 }, cell)).toBeUndefined()
    expect(positionInCrop({ ...crop, cellSize: 8 }, cell)).toBeUndefined()
  })

  it('are the same whatever stands in them', () => {
    expect(isSameCell({ x: 1, y: 2, cellSize: 8 }, { x: 1, y: 2, cellSize: 8 })).toBe(true)
    expect(isSameCell({ x: 1, y: 2, cellSize: 8 }, { x: 1, y: 2, cellSize: 16 })).toBe(false)
  })
})
