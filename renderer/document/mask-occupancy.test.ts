import { describe, expect, it } from 'vitest'
import { findTouchedCells } from '../../electron/api/token-cells.ts'
import { drawStroke, MaskStroke } from './mask-brush.ts'
import { countMaskedPixels, findMaskBounds, isAnyMasked } from './mask-occupancy.ts'
import { drawRectangle } from './mask-shapes.ts'
import { NO_TILES, readMaskRect } from './mask-tiles.ts'
import { quantizePoint } from './stroke-points.ts'

const BOUNDS = { x: -64, y: 0, width: 1024, height: 1024 }
const ring = drawStroke(
  NO_TILES,
  BOUNDS,
  { size: 9, hardness: 1, isErase: false },
  Array.from({ length: 41 }, (_, i) => quantizePoint(400 + 200 * Math.cos((i * Math.PI) / 20), 400 + 200 * Math.sin((i * Math.PI) / 20))),
)

describe('what of a mask is occupied', () => {
  it('bounds it tightly', () => {
    const tiles = drawRectangle(NO_TILES, BOUNDS, { x: -64, y: 700, width: 3, height: 2 }, false)
    expect(findMaskBounds(tiles)).toEqual({ x: -64, y: 700, width: 3, height: 2 })
    expect(findMaskBounds(NO_TILES)).toBeUndefined()
  })

  it('is told for any rectangle as by looking at every pixel, holes too', () => {
    for (let i = 0; i < 600; i++) {
      const rect = { x: (i * 37) % 700, y: (i * 91) % 700, width: 1 + ((i * 13) % 60), height: 1 + ((i * 29) % 60) }
      expect(isAnyMasked(ring, rect)).toBe(readMaskRect(ring, rect).some((value) => value > 0))
    }
  })

  it('touches a cell by a single pixel', () => {
    const tiles = drawRectangle(NO_TILES, BOUNDS, { x: 32, y: 16, width: 1, height: 1 }, false)
    const crop = { x: 0, y: 0, cellSize: 16, rows: 4, columns: 4 }
    const touched = findTouchedCells(crop, (cell) => isAnyMasked(tiles, cell))
    expect([...touched].map((value, i) => (value ? i : -1)).filter((i) => i >= 0)).toEqual([6])
  })

  it('follows a stroke while it is drawn', () => {
    const stroke = new MaskStroke(NO_TILES, BOUNDS, { size: 10, hardness: 1, isErase: false })
    stroke.add(quantizePoint(50, 50))
    expect(findMaskBounds(stroke.tiles)).toEqual({ x: 45, y: 45, width: 10, height: 10 })
    stroke.add(quantizePoint(100, 50))
    expect(findMaskBounds(stroke.tiles)).toEqual({ x: 45, y: 45, width: 60, height: 10 })
  })

  it('counts pixels', () => {
    expect(countMaskedPixels(drawRectangle(NO_TILES, BOUNDS, { x: 250, y: 250, width: 12, height: 10 }, false))).toBe(120)
  })
})
