import { describe, expect, it } from 'vitest'
import type { TileImage } from '../../electron/api/images.ts'
import { EngineError } from '../../electron/api/errors.ts'
import { TILE_BYTES } from '../document/mask-tiles.ts'
import { downloadMask, uploadMask } from './mask-transfer.ts'

const BOUNDS = { x: 0, y: 0, width: 512, height: 256 }

/** A store of blobs and images in memory, with the engine's manners. */
function memoryStore() {
  const blobs = new Map<string, Uint8Array<ArrayBuffer>>()
  const images = new Map<string, TileImage>()
  let uploadCount = 0
  return {
    blobs,
    uploads: () => uploadCount,
    client: {
      putBlob: async (bytes: Uint8Array<ArrayBuffer>) => {
        uploadCount++
        const hash = String(bytes[0]).padStart(64, '0')
        blobs.set(hash, bytes)
        return { hash }
      },
      putTileImage: async (image: TileImage) => {
        if (!Object.values(image.tiles).every((hash) => blobs.has(hash))) throw new EngineError('not-found', 'a tile is missing')
        images.set('image', image)
        return { imageId: 'image' }
      },
      getImage: async () => images.get('image') as TileImage,
      getTile: async (_: string, __: number, key: string) => blobs.get(images.get('image')?.tiles[key] ?? '') ?? new Uint8Array(),
    },
  }
}
const tile = (value: number) => new Uint8Array(TILE_BYTES).fill(value)

describe('masks on their way to the engine', () => {
  it('come back as they went', async () => {
    const { client } = memoryStore()
    const tiles = new Map([['0,0', tile(7)], ['1,0', tile(9)]])
    await uploadMask(client, tiles, BOUNDS)
    expect(await downloadMask(client, 'image')).toEqual(tiles)
  })

  it('send only tiles that the engine does not have', async () => {
    const { client, uploads } = memoryStore()
    const first = new Map([['0,0', tile(1)]])
    await uploadMask(client, first, BOUNDS)
    await uploadMask(client, new Map([...first, ['1,0', tile(2)]]), BOUNDS)
    expect(uploads()).toBe(2)
  })

  it('send everything again where the engine has cleaned up', async () => {
    const { client, blobs, uploads } = memoryStore()
    const tiles = new Map([['0,0', tile(3)]])
    await uploadMask(client, tiles, BOUNDS)
    blobs.clear()
    await uploadMask(client, tiles, BOUNDS)
    expect(uploads()).toBe(2)
  })
})
