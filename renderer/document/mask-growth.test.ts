import { describe, expect, it } from 'vitest'
import type { PixelRect } from '../../electron/api/geometry.ts'
import { drawStroke } from './mask-brush.ts'
import * as growth from './mask-growth.ts'
import { countMaskedPixels, findMaskBounds } from './mask-occupancy.ts'
import { drawRectangle } from './mask-shapes.ts'
import { type MaskTiles, NO_TILES, readMaskAt, readMaskRect } from './mask-tiles.ts'
import { finishAtOnce } from './pieces.ts'
import { quantizePoint } from './stroke-points.ts'

const BOUNDS = { x: 0, y: 0, width: 700, height: 600 }
const growMask = (tiles: MaskTiles, bounds: PixelRect, distance: number) => finishAtOnce(growth.growMask(tiles, bounds, distance))
const shrinkMask = (tiles: MaskTiles, bounds: PixelRect, distance: number) => finishAtOnce(growth.shrinkMask(tiles, bounds, distance))
const square = drawRectangle(NO_TILES, BOUNDS, { x: 200, y: 200, width: 100, height: 100 }, false)

describe('growing a mask', () => {
  it.each([1, 2, 3, 8, 25, 100])('by %i pixels moves straight edges exactly so far', (distance) => {
    const side = 100 + 2 * distance
    expect(findMaskBounds(growMask(square, BOUNDS, distance))).toEqual({
      x: 200 - distance,
      y: 200 - distance,
      width: side,
      height: side,
    })
  })

  it.each([8, 25, 100])('by %i pixels makes of a point nearly a disc, without holes', (distance) => {
    const point = drawRectangle(NO_TILES, BOUNDS, { x: 300, y: 300, width: 1, height: 1 }, false)
    const grown = growMask(point, BOUNDS, distance)
    expect(countMaskedPixels(grown) / (Math.PI * (distance + 0.5) ** 2)).toBeCloseTo(1.05, 1)
    for (let row = -distance; row <= distance; row++) {
      const line = [...readMaskRect(grown, { x: 100, y: 300 + row, width: 400, height: 1 })]
      expect(line.slice(line.indexOf(255), line.lastIndexOf(255) + 1).every((value) => value === 255)).toBe(true)
    }
  })

  it('keeps soft edges soft', () => {
    const soft = drawStroke(NO_TILES, BOUNDS, { size: 100, hardness: 0, isErase: false }, [quantizePoint(300, 300)])
    const before = readMaskRect(soft, { x: 300, y: 300, width: 60, height: 1 })
    const after = readMaskRect(growMask(soft, BOUNDS, 10), { x: 310, y: 300, width: 60, height: 1 })
    expect([...after.slice(1)]).toEqual([...before.slice(1)])
  })

  it('is the same across tile borders as the slow way', () => {
    const mask = drawStroke(NO_TILES, BOUNDS, { size: 30, hardness: 0.5, isErase: false }, [quantizePoint(250, 250), quantizePoint(270, 520)])
    const grown = growMask(mask, BOUNDS, 2)
    for (let y = 230; y < 290; y++) {
      for (let x = 230; x < 290; x++) {
        expect(readMaskAt(grown, x, y)).toBe(Math.max(...readMaskRect(mask, { x: x - 2, y: y - 2, width: 5, height: 5 })))
      }
    }
  })
})

describe('shrinking a mask', () => {
  it.each([1, 8, 40])('by %i pixels moves straight edges inwards', (distance) => {
    const side = 100 - 2 * distance
    const expected = { x: 200 + distance, y: 200 + distance, width: side, height: side }
    expect(findMaskBounds(shrinkMask(square, BOUNDS, distance))).toEqual(expected)
  })

  it('leaves nothing of what is too thin', () => {
    expect(shrinkMask(square, BOUNDS, 50).size).toBe(0)
  })

  it('does not count an edge of the picture as an edge of the mask', () => {
    const full = drawRectangle(NO_TILES, BOUNDS, BOUNDS, false)
    expect(shrinkMask(full, BOUNDS, 20)).toBe(full)
  })

  it('stays in the picture when growing', () => {
    const full = drawRectangle(NO_TILES, BOUNDS, BOUNDS, false)
    expect(growMask(full, BOUNDS, 20)).toBe(full)
    expect(growMask(NO_TILES, BOUNDS, 20)).toBe(NO_TILES)
  })
})
