import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { TILE_SIZE, type ImportedImage, type TileImage } from '../../api/images.ts'
import { startEngineUnderTest, type EngineUnderTest } from '../testing/engine-under-test.ts'

async function openFlat({ ask }: EngineUnderTest, width: number, height: number): Promise<ImportedImage> {
  const flat = { width, height, channels: 3, background: { r: 40, g: 80, b: 120 } } as const
  return ask('POST', 'images', await sharp({ create: flat }).png().toBuffer())
}

async function getTile({ send }: EngineUnderTest, imageId: string, level: number, key: string) {
  const response = await send('GET', `images/${imageId}/tiles/${level}/${encodeURIComponent(key)}`)
  return { headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
}

function pixelAt(bytes: Uint8Array, x: number, y: number): number[] {
  return [...bytes.subarray((y * TILE_SIZE + x) * 4, (y * TILE_SIZE + x) * 4 + 4)]
}

test('a tile comes raw, with its size, cacheable for ever', async () => {
  const engine = await startEngineUnderTest()
  const { imageId } = await openFlat(engine, 300, 20)
  const { headers, bytes } = await getTile(engine, imageId, 0, '1,0')
  expect(headers.get('remask-width')).toBe('256')
  expect(headers.get('cache-control')).toContain('immutable')
  expect(bytes).toHaveLength(TILE_SIZE * TILE_SIZE * 4)
  expect(pixelAt(bytes, 43, 19)).toEqual([40, 80, 120, 255])
  expect(pixelAt(bytes, 44, 19)).toEqual([0, 0, 0, 0])
})

test('level n shows 1/2ⁿ of the size, also left of the origin, and nothing where there is nothing', async () => {
  const engine = await startEngineUnderTest()
  const { image } = await openFlat(engine, 1100, 600)
  const moved = Object.fromEntries(Object.entries(image.tiles).map(([key, hash]) => [key.replace(/^\d+/, (c) => `${+c - 3}`), hash]))
  const { imageId } = await engine.ask<{ imageId: string }>('POST', 'tile-images', {
    ...image,
    bounds: { ...image.bounds, x: -768 },
    tiles: moved,
  } satisfies TileImage)
  const left = (await getTile(engine, imageId, 2, '-1,0')).bytes
  expect(pixelAt(left, 256 - 768 / 4, 0)).toEqual([40, 80, 120, 255])
  expect(pixelAt(left, 256 - 768 / 4 - 1, 0)).toEqual([0, 0, 0, 0])
  expect(pixelAt(left, 255, 149)).toEqual([40, 80, 120, 255])
  const right = (await getTile(engine, imageId, 2, '0,0')).bytes
  expect(pixelAt(right, 82, 0)).toEqual([40, 80, 120, 255])
  expect(pixelAt(right, 83, 0)).toEqual([0, 0, 0, 0])
  expect((await getTile(engine, imageId, 2, '5,5')).bytes.every((byte) => byte === 0)).toBe(true)
})

test('levels that were made are found again after a restart, and can be deleted at any time', async () => {
  const first = await startEngineUnderTest()
  const { imageId } = await openFlat(first, 600, 600)
  const { bytes } = await getTile(first, imageId, 1, '0,0')
  const cache = join(first.dataFolder, 'cache', 'display')
  await expect.poll(async () => (await readdir(cache, { recursive: true })).length).toBeGreaterThan(0)
  await first.engine.dispose()

  const second = await startEngineUnderTest(first.dataFolder)
  expect(Buffer.compare((await getTile(second, imageId, 1, '0,0')).bytes, bytes)).toBe(0)
  await second.engine.dispose()
  await rm(cache, { recursive: true })
  const third = await startEngineUnderTest(first.dataFolder)
  expect(Buffer.compare((await getTile(third, imageId, 1, '0,0')).bytes, bytes)).toBe(0)
})

test('a mask is shown as one byte a pixel', async () => {
  const engine = await startEngineUnderTest()
  const file = await sharp({ create: { width: 10, height: 10, channels: 3, background: 'white' } }).png().toBuffer()
  const { imageId } = await engine.ask<{ imageId: string }>('POST', 'masks?x=0&y=0&width=10&height=10', file)
  const { bytes } = await getTile(engine, imageId, 1, '0,0')
  expect(bytes).toHaveLength(TILE_SIZE * TILE_SIZE)
  expect([...bytes.subarray(0, 7)]).toEqual([255, 255, 255, 255, 255, 0, 0])
})

test('refuses levels and keys there are not', async () => {
  const engine = await startEngineUnderTest()
  const { imageId } = await openFlat(engine, 10, 10)
  for (const path of ['11/0,0', '-1/0,0', 'x/0,0', '0/0', '0/0,0,0']) {
    await expect(engine.ask('GET', `images/${imageId}/tiles/${path}`), path).rejects.toMatchObject({ code: 'invalid-request' })
  }
  await expect(engine.ask('GET', `images/${'0'.repeat(64)}/tiles/0/0,0`)).rejects.toMatchObject({ code: 'not-found' })
})
