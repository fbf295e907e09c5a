import { describe, expect, it } from 'vitest'
import { countMaskedPixels } from './mask-occupancy.ts'
import { drawPolygon, drawRectangle, intersectMask, invertMask } from './mask-shapes.ts'
import { areMasksEqual, FULL_TILE, NO_TILES, readMaskAt, readMaskRect } from './mask-tiles.ts'
import { finishAtOnce } from './pieces.ts'
import { quantizePoint } from './stroke-points.ts'

const BOUNDS = { x: -100, y: -100, width: 800, height: 700 }
const outline = (...corners: [number, number][]) => corners.map(([x, y]) => quantizePoint(x, y))

describe('mask rectangle', () => {
  it('masks exactly its pixels, also left of and above the origin', () => {
    const tiles = drawRectangle(NO_TILES, BOUNDS, { x: -20, y: -10, width: 300, height: 30 }, false)
    expect(countMaskedPixels(tiles)).toBe(300 * 30)
    expect([readMaskAt(tiles, -20, -10), readMaskAt(tiles, 279, 19)]).toEqual([255, 255])
    expect([readMaskAt(tiles, -21, 0), readMaskAt(tiles, 280, 0), readMaskAt(tiles, 0, 20)]).toEqual([0, 0, 0])
  })

  it('is undone by unmasking it', () => {
    const rect = { x: 10, y: 10, width: 500, height: 500 }
    expect(drawRectangle(drawRectangle(NO_TILES, BOUNDS, rect, false), BOUNDS, rect, true).size).toBe(0)
  })

  it('stays inside the picture', () => {
    const tiles = drawRectangle(NO_TILES, BOUNDS, { x: -5000, y: -5000, width: 10000, height: 10000 }, false)
    expect(countMaskedPixels(tiles)).toBe(800 * 700)
    expect(tiles.get('0,0')).toBe(FULL_TILE)
  })
})

describe('mask lasso', () => {
  it('masks a polygon on whole pixels without soft edges', () => {
    const tiles = drawPolygon(NO_TILES, BOUNDS, outline([10, 10], [60, 10], [60, 40], [10, 40]), false)
    const rect = drawRectangle(NO_TILES, BOUNDS, { x: 10, y: 10, width: 50, height: 30 }, false)
    expect(areMasksEqual(tiles, rect)).toBe(true)
  })

  it('covers a pixel by the share of it that lies inside', () => {
    const tiles = drawPolygon(NO_TILES, BOUNDS, outline([10.5, 10], [20, 10], [20, 20.25], [10.5, 20.25]), false)
    expect(readMaskAt(tiles, 10, 15)).toBe(128)
    expect(readMaskAt(tiles, 15, 20)).toBe(64)
    expect(readMaskAt(tiles, 15, 15)).toBe(255)
  })

  it('keeps the area of a slanted triangle', () => {
    const tiles = drawPolygon(NO_TILES, BOUNDS, outline([0, 0], [400, 0], [0, 300]), false)
    const sum = readMaskRect(tiles, { x: 0, y: 0, width: 400, height: 300 }).reduce((a, b) => a + b, 0)
    expect(sum / 255 / 60_000).toBeCloseTo(1, 3)
  })

  it('leaves a hole where it winds twice (even-odd)', () => {
    const tiles = drawPolygon(
      NO_TILES,
      BOUNDS,
      outline([0, 0], [100, 0], [100, 100], [0, 100], [0, 0], [30, 30], [70, 30], [70, 70], [30, 70], [30, 30]),
      false,
    )
    expect(readMaskAt(tiles, 50, 50)).toBe(0)
    expect(readMaskAt(tiles, 10, 50)).toBe(255)
  })

  it('unmasks', () => {
    const full = drawRectangle(NO_TILES, BOUNDS, BOUNDS, false)
    const tiles = drawPolygon(full, BOUNDS, outline([0, 0], [100, 0], [100, 100], [0, 100]), true)
    expect(countMaskedPixels(tiles)).toBe(800 * 700 - 100 * 100)
  })

  it('of a line or beside the picture changes nothing', () => {
    expect(drawPolygon(NO_TILES, BOUNDS, outline([5, 5], [50, 5], [5, 5]), false).size).toBe(0)
    expect(drawPolygon(NO_TILES, BOUNDS, outline([2000, 5], [2050, 5], [2000, 50]), false)).toBe(NO_TILES)
  })
})

describe('inverting', () => {
  it('turns every pixel round within the picture and nothing beyond it', () => {
    const tiles = drawRectangle(NO_TILES, BOUNDS, { x: 0, y: 0, width: 100, height: 100 }, false)
    const inverted = finishAtOnce(invertMask(tiles, BOUNDS))
    expect(countMaskedPixels(inverted)).toBe(800 * 700 - 10_000)
    expect(readMaskAt(inverted, -101, 0)).toBe(0)
    expect(areMasksEqual(finishAtOnce(invertMask(inverted, BOUNDS)), tiles)).toBe(true)
  })
})

describe('cutting to a rectangle', () => {
  it('keeps what is inside', () => {
    const full = drawRectangle(NO_TILES, BOUNDS, BOUNDS, false)
    expect(countMaskedPixels(intersectMask(full, { x: 250, y: 250, width: 10, height: 10 }))).toBe(100)
    expect(intersectMask(full, BOUNDS)).toBe(full)
  })
})
