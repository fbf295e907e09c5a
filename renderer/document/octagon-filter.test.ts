import { describe, expect, it } from 'vitest'
import { TILE_SIZE } from '../../electron/api/images.ts'
import { OctagonFilter } from './octagon-filter.ts'

/** The middle tile of a square of zeros with single pixels set, after dilating. */
function dilateTile(distance: number, points: readonly (readonly [x: number, y: number, value: number])[]) {
  const width = TILE_SIZE + 2 * distance
  const pixels = new Uint8Array(width * width)
  for (const [x, y, value] of points) pixels[(y + distance) * width + x + distance] = value
  const dilating = new OctagonFilter(distance).dilate(pixels)
  while (!dilating.next().done);
  return (x: number, y: number) => pixels[(y + distance) * width + x + distance]
}

describe.each([1, 2, 5, 40])('dilating by %i', (distance) => {
  it('reaches exactly so far along rows and columns, from every place of the tile', () => {
    for (const [x, y] of [[0, 0], [TILE_SIZE - 1, 0], [100, 128], [TILE_SIZE - 1, TILE_SIZE - 1]] as const) {
      const at = dilateTile(distance, [[x, y, 200]])
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
        const isInTile = (steps: number) => [x + dx * steps, y + dy * steps].every((value) => value >= 0 && value < TILE_SIZE)
        if (isInTile(distance)) expect(at(x + dx * distance, y + dy * distance)).toBe(200)
        if (isInTile(distance + 1)) expect(at(x + dx * (distance + 1), y + dy * (distance + 1))).toBe(0)
      }
    }
  })

  it('lets the stronger of two values win, also from beyond the tile', () => {
    const at = dilateTile(distance, [[-1, 50, 90], [0, 50, 30]])
    expect(at(0, 50)).toBe(distance >= 1 ? 90 : 30)
    expect(at(distance - 1, 50)).toBe(90)
    expect(at(distance, 50)).toBe(30)
    expect(at(TILE_SIZE - 1, 49)).toBe(0)
  })
})
