import { expect, it } from 'vitest'
import { EMPTY_DOCUMENT } from '../document.ts'
import { countMaskedPixels } from '../mask-occupancy.ts'
import { readMaskAt } from '../mask-tiles.ts'
import { maskCells } from './mask-cells.ts'

const document = { ...EMPTY_DOCUMENT, bounds: { x: -4, y: 0, width: 40, height: 32 } }
const crop = { x: -8, y: 0, cellSize: 8, rows: 4, columns: 6 }
const apply = (cells: number[], state = document) =>
  maskCells.apply(state, { type: 'mask-cells', found: 'weak', crop, cells }, { getMaskTiles: () => new Map() }).pixelMask.tiles

it('masks the cells and nothing else, as far as they lie on the picture', () => {
  const tiles = apply([0, 7, 8, 23])
  expect(countMaskedPixels(tiles)).toBe(4 * 8 + 2 * 64 + 4 * 8)
  expect([readMaskAt(tiles, -1, 7), readMaskAt(tiles, 0, 7), readMaskAt(tiles, 0, 8), readMaskAt(tiles, 15, 15), readMaskAt(tiles, 16, 15)]).toEqual([255, 0, 255, 255, 0])
})

it('does not join the end of one row with the beginning of the next', () => {
  const tiles = apply([5, 6])
  expect(readMaskAt(tiles, 35, 0)).toBe(255)
  expect(readMaskAt(tiles, -1, 8)).toBe(255)
  expect(readMaskAt(tiles, 8, 0)).toBe(0)
})

it('takes the place of what was masked before', () => {
  const before = maskCells.apply(document, { type: 'mask-cells', found: 'spot', crop, cells: [10] }, { getMaskTiles: () => new Map() })
  expect(readMaskAt(apply([7], { ...document, pixelMask: before.pixelMask }), 24, 8)).toBe(0)
})
