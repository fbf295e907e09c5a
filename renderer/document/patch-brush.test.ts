import { describe, expect, it } from 'vitest'
import { cellsAlong } from './patch-brush.ts'

/** 4 × 6 cells of 8 pixels, at 100, 50. */
const CROP = { x: 100, y: 50, cellSize: 8, rows: 4, columns: 6 }
const cells = (way: readonly (readonly [number, number])[], radius: number) =>
  [...cellsAlong(CROP, way.map(([x, y]) => ({ x, y })), radius)].sort((a, b) => a - b)

describe('the cells under a brush', () => {
  it('are those it touches by a pixel', () => {
    expect(cells([[104, 54]], 1)).toEqual([0])
    expect(cells([[107, 54]], 2)).toEqual([0, 1])
    expect(cells([[108, 58]], 3)).toEqual([0, 1, 6, 7])
  })

  it('leave no gap however far apart the points are', () => {
    expect(cells([[101, 54], [147, 54]], 1)).toEqual([0, 1, 2, 3, 4, 5])
    expect(cells([[101, 51], [130, 80]], 1)).toEqual(expect.arrayContaining([0, 7, 14, 21]))
  })

  it('end with the crop', () => {
    expect(cells([[90, 40]], 4)).toEqual([])
    expect(cells([[98, 54]], 4)).toEqual([0])
    expect(cells([[0, 0], [500, 500]], 1000)).toHaveLength(24)
  })
})
