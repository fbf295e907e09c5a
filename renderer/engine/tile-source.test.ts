import { describe, expect, it } from 'vitest'
import { EngineError } from '../../electron/api/errors.ts'
import { createTileSource } from './tile-source.ts'

const IMAGE = 'a'.repeat(64)
const TILE_BYTES = 256 * 256 * 4
const settle = () => new Promise((resolve) => setTimeout(resolve))

function source(getTile: (key: string) => Promise<Uint8Array>, tileCount = 100) {
  const closed: Uint8Array[] = []
  const tiles = createTileSource({
    getTile: (_, __, key) => getTile(key),
    budgetBytes: tileCount * TILE_BYTES,
    decode: async (bytes) => ({ bytes, close: () => closed.push(bytes) }) as unknown as ImageBitmap,
  })
  return { tiles, closed }
}

describe('tiles for the screen', () => {
  it('come after they were first asked for, and listeners hear of it', async () => {
    const { tiles } = source(async () => new Uint8Array(TILE_BYTES))
    let arrivals = 0
    tiles.subscribe(() => arrivals++)
    expect(tiles.getTile(IMAGE, 0, '0,0')).toBeUndefined()
    await settle()
    expect(arrivals).toBe(1)
    expect(tiles.getTile(IMAGE, 0, '0,0')).toBeDefined()
  })

  it('are never loaded by looking whether they are there', async () => {
    const asked: string[] = []
    const { tiles } = source(async (key) => (asked.push(key), new Uint8Array(TILE_BYTES)))
    tiles.peekTile(IMAGE, 0, '0,0')
    await settle()
    expect(asked).toEqual([])
  })

  it('are asked for four at a time, the latest wish first', async () => {
    const asked: string[] = []
    const { tiles } = source((key) => (asked.push(key), new Promise(() => {})))
    for (let column = 0; column < 6; column++) tiles.getTile(IMAGE, 0, `${column},0`)
    await settle()
    expect(asked).toEqual(['5,0', '4,0', '3,0', '2,0'])
  })

  it('give their memory back when the budget is spent', async () => {
    const { tiles, closed } = source(async () => new Uint8Array(TILE_BYTES), 2)
    for (const key of ['0,0', '1,0', '2,0']) {
      tiles.getTile(IMAGE, 0, key)
      await settle()
    }
    expect(closed).toHaveLength(1)
    expect(tiles.peekTile(IMAGE, 0, '0,0')).toBeUndefined()
  })

  it('are clear where the picture has none', async () => {
    const { tiles } = source(async () => {
      throw new EngineError('not-found', 'no such tile')
    })
    tiles.getTile(IMAGE, 0, '9,9')
    await settle()
    const bitmap = tiles.getTile(IMAGE, 0, '9,9') as unknown as { bytes: Uint8Array }
    expect(bitmap.bytes.every((byte) => byte === 0)).toBe(true)
  })
})
