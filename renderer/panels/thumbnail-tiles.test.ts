import { describe, expect, it } from 'vitest'
import { placeTiles } from './thumbnail-tiles.ts'

describe('tiles of a thumbnail', () => {
  it('shows a small picture by its one tile', () => {
    expect(placeTiles({ x: 0, y: 0, width: 128, height: 128 }, 128).tiles).toEqual([
      { level: 0, key: '0,0', x: 0, y: 0, side: 256 },
    ])
  })

  it('takes a coarser level for a large picture, so that few tiles travel', () => {
    const { tiles } = placeTiles({ x: 0, y: 0, width: 6000, height: 4000 }, 100)
    expect(tiles.length).toBeLessThanOrEqual(4)
    expect(tiles[0]?.level).toBe(5)
  })

  it('finds the tiles left of the origin after an extension', () => {
    const keys = placeTiles({ x: -64, y: 0, width: 192, height: 128 }, 192).tiles.map(({ key }) => key)
    expect(keys).toEqual(['-1,0', '0,0'])
  })
})
