import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PixelRect } from '../../api/geometry.ts'
import { createBlobStore } from '../storage/blob-store.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'
import { createImageStore, cropImage, emptyImage } from './tile-image-store.ts'

const CACHE_BYTES = 2 ** 24

async function makeImages() {
  const folder = await makeTestFolder()
  const blobs = createBlobStore({ folder: join(folder, 'blobs'), cacheBytes: CACHE_BYTES })
  return { blobs, images: createImageStore({ blobs, images: createBlobStore({ folder: join(folder, 'images'), cacheBytes: CACHE_BYTES }) }) }
}

/** Every pixel differs from its neighbours and from the same place of another tile. */
function makePixels({ x, y, width, height }: PixelRect): Uint8Array {
  const pixels = new Uint8Array(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    pixels.set([x + (i % width), y + Math.floor(i / width), (i * 31) >> 3, 255], i * 4)
  }
  return pixels
}

test('a picture that begins left of and above the origin comes back to the pixel', async () => {
  const { images } = await makeImages()
  const bounds = { x: -300, y: -10, width: 700, height: 280 }
  const pixels = makePixels(bounds)
  const image = await images.writeRegion(emptyImage('rgba8', bounds), bounds, pixels)
  expect(Object.keys(image.tiles).sort()).toEqual(['-1,-1', '-1,0', '-1,1', '-2,-1', '-2,0', '-2,1', '0,-1', '0,0', '0,1', '1,-1', '1,0', '1,1'])
  const imageId = await images.put(image)
  expect(await images.get(imageId)).toEqual(image)
  expect(Buffer.compare(await images.readRegion(image, bounds) as Uint8Array, pixels)).toBe(0)
})

test('an image has one name, whatever order its tiles were written in', async () => {
  const { images } = await makeImages()
  const bounds = { x: 0, y: 0, width: 600, height: 20 }
  const image = await images.writeRegion(emptyImage('rgba8', bounds), bounds, makePixels(bounds))
  const reversed = { ...image, tiles: Object.fromEntries(Object.entries(image.tiles).reverse()) }
  expect(await images.put(reversed)).toBe(await images.put(image))
})

test('an edit changes its rectangle and leaves every other tile its name', async () => {
  const { images } = await makeImages()
  const bounds = { x: 0, y: 0, width: 768, height: 512 }
  const before = await images.writeRegion(emptyImage('rgba8', bounds), bounds, makePixels(bounds))
  const rect = { x: 250, y: 5, width: 12, height: 3 }
  const after = await images.writeRegion(before, rect, new Uint8Array(12 * 3 * 4).fill(9))
  const changed = Object.keys(after.tiles).filter((key) => after.tiles[key] !== before.tiles[key])
  expect(changed.sort()).toEqual(['0,0', '1,0'])
  expect(new Set(await images.readRegion(after, rect))).toEqual(new Set([9]))
  const above = { x: 250, y: 4, width: 12, height: 1 }
  expect(await images.readRegion(after, above)).toEqual(await images.readRegion(before, above))
})

test('what lies outside the bounds reads as zero, and zeroes need no tile', async () => {
  const { images } = await makeImages()
  const bounds = { x: 0, y: 0, width: 4, height: 4 }
  const image = await images.writeRegion(emptyImage('mask8', bounds), bounds, new Uint8Array(16).fill(200))
  const around = await images.readRegion(image, { x: -1, y: -1, width: 3, height: 2 })
  expect([...around]).toEqual([0, 0, 0, 0, 200, 200])
  const cleared = await images.writeRegion(image, bounds, new Uint8Array(16))
  expect(cleared.tiles).toEqual({})
})

test('16-bit values come back as they were', async () => {
  const { images } = await makeImages()
  const bounds = { x: 255, y: 255, width: 3, height: 3 }
  const values = Uint16Array.from({ length: 36 }, (_, i) => i * 1800 + 1)
  const image = await images.writeRegion(emptyImage('rgba16', bounds), bounds, values)
  expect(Object.keys(image.tiles)).toHaveLength(4)
  expect(await images.readRegion(image, bounds)).toEqual(values)
})

test('growing keeps the picture where it is', async () => {
  const { images } = await makeImages()
  const bounds = { x: 0, y: 0, width: 300, height: 10 }
  const image = await images.writeRegion(emptyImage('rgba8', bounds), bounds, makePixels(bounds))
  const grown = { x: -256, y: 0, width: 556, height: 10 }
  const added = { x: -256, y: 0, width: 256, height: 10 }
  const larger = await images.writeRegion(image, added, new Uint8Array(2560 * 4).fill(7), grown)
  expect(larger.bounds).toEqual(grown)
  expect(larger.tiles).toMatchObject(image.tiles)
})

test('a crop keeps whole tiles and clears what it cuts off', async () => {
  const { images } = await makeImages()
  const bounds = { x: 0, y: 0, width: 768, height: 300 }
  const image = await images.writeRegion(emptyImage('rgba8', bounds), bounds, makePixels(bounds))
  const rect = { x: 200, y: 0, width: 400, height: 256 }
  const cropped = await cropImage(images, image, rect)
  expect(cropped.bounds).toEqual(rect)
  expect(Object.keys(cropped.tiles).sort()).toEqual(['0,0', '1,0', '2,0'])
  expect(cropped.tiles['1,0']).toBe(image.tiles['1,0'])
  expect(await images.readRegion(cropped, rect)).toEqual(await images.readRegion(image, rect))
  const leftOfIt = await images.readRegion({ ...cropped, bounds }, { x: 0, y: 0, width: 200, height: 256 })
  expect(leftOfIt.every((byte) => byte === 0)).toBe(true)
  await expect(cropImage(images, image, { ...rect, y: 100 })).rejects.toMatchObject({ code: 'invalid-request' })
})

test('an image is not taken before its tiles, and the answer names those that are missing', async () => {
  const { images } = await makeImages()
  const bounds = { x: 0, y: 0, width: 4, height: 4 }
  const missing = 'f'.repeat(64)
  const put = images.put({ ...emptyImage('rgba8', bounds), tiles: { '0,0': missing } })
  await expect(put).rejects.toMatchObject({ code: 'not-found', details: { missing: [missing] } })
  await expect(images.get(missing)).rejects.toMatchObject({ code: 'not-found' })
})
