import { expect, it } from 'vitest'
import { TILE_SIZE } from '../../api/images.ts'
import { drawTile } from './mask-image.ts'

const countSet = (tile: Uint8Array) => tile.reduce((count, value) => count + (value === 255 ? 1 : 0), 0)

it('masks what of a rectangle lies in each tile', () => {
  const area = { x: 250, y: 10, width: 20, height: 3 }
  expect(countSet(drawTile(area, 0, 0))).toBe(6 * 3)
  expect(countSet(drawTile(area, TILE_SIZE, 0))).toBe(14 * 3)
  expect(drawTile(area, 0, 0)[10 * TILE_SIZE + 250]).toBe(255)
})
