import { expect, test } from 'vitest'
import { TILE_SIZE } from '../../api/images.ts'
import { halveTiles } from './halving.ts'

type Pixel = [red: number, green: number, blue: number, alpha: number]

/** A tile whose top left pixels are these, row by row, and the rest zero. */
function makeTile(...rows: Pixel[][]): Uint8Array {
  const tile = new Uint8Array(TILE_SIZE * TILE_SIZE * 4)
  for (const [y, row] of rows.entries()) for (const [x, pixel] of row.entries()) tile.set(pixel, (y * TILE_SIZE + x) * 4)
  return tile
}

function pixelAt(tile: Uint8Array, x: number, y: number): number[] {
  return [...tile.subarray((y * TILE_SIZE + x) * 4, (y * TILE_SIZE + x) * 4 + 4)]
}

test('each pixel is the mean of four', () => {
  const tile = makeTile([[0, 10, 255, 255], [1, 20, 255, 255]], [[2, 30, 255, 255], [3, 41, 255, 255]])
  expect(pixelAt(halveTiles([tile], 'rgba8'), 0, 0)).toEqual([2, 25, 255, 255])
})

test('what is transparent does not darken what is not', () => {
  const tile = makeTile([[200, 100, 50, 255], [0, 0, 0, 0]], [[0, 0, 0, 0], [0, 0, 0, 0]])
  const halved = halveTiles([tile], 'rgba8')
  expect(pixelAt(halved, 0, 0)).toEqual([200, 100, 50, 64])
  expect(pixelAt(halved, 1, 0)).toEqual([0, 0, 0, 0])
})

test('four tiles become the quarters of one; an absent one is empty', () => {
  const full = (value: number) => new Uint8Array(TILE_SIZE * TILE_SIZE * 4).fill(255).map((byte, i) => (i % 4 === 3 ? byte : value))
  const halved = halveTiles([full(1), full(2), undefined, full(4)], 'rgba8')
  expect(pixelAt(halved, 127, 127)).toEqual([1, 1, 1, 255])
  expect(pixelAt(halved, 128, 127)).toEqual([2, 2, 2, 255])
  expect(pixelAt(halved, 127, 128)).toEqual([0, 0, 0, 0])
  expect(pixelAt(halved, 255, 255)).toEqual([4, 4, 4, 255])
})

test('a thin stroke of a mask stays visible from afar', () => {
  const tile = new Uint8Array(TILE_SIZE * TILE_SIZE)
  tile[3] = 200
  expect([...halveTiles([tile], 'mask8').subarray(0, 3)]).toEqual([0, 200, 0])
})
