import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PixelRect } from '../../api/geometry.ts'
import type { TileImage } from '../../api/images.ts'
import { createBlobStore } from '../storage/blob-store.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { createPace } from '../pacing/pacing.ts'
import { createImageStore, emptyImage } from '../pictures/tile-image-store.ts'
import { comparePictures } from './compare.ts'

let folder: string
let images: ImageStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remask-compare-'))
  const open = (name: string) => createBlobStore({ folder: join(folder, name), cacheBytes: 2 ** 24 })
  images = createImageStore({ blobs: open('blobs'), images: open('images') })
})
afterAll(() => rm(folder, { recursive: true }))

const BOUNDS: PixelRect = { x: -20, y: 0, width: 400, height: 300 }
const pixel = (x: number, y: number): PixelRect => ({ x, y, width: 1, height: 1 })

const paint = (format: 'rgba8' | 'rgba16') => {
  const length = BOUNDS.width * BOUNDS.height * 4
  return images.writeRegion(emptyImage(format, BOUNDS), BOUNDS, (format === 'rgba8' ? new Uint8Array(length) : new Uint16Array(length)).fill(100))
}
const maskOf = (...pixels: PixelRect[]) =>
  pixels.reduce<Promise<TileImage>>(
    async (mask, at) => images.writeRegion(await mask, at, new Uint8Array([1])),
    Promise.resolve(emptyImage('mask8', BOUNDS)),
  )

it('finds nothing between a picture and itself', async () => {
  const picture = await paint('rgba8')
  expect(await comparePictures(images, picture, picture, null, createPace())).toEqual({
    pixelCount: 120_000, untouchedPixelCount: 120_000, strayPixelCount: 0,
  })
})

it.each(['rgba8', 'rgba16'] as const)('finds one pixel that differs in one bit outside the mask: %s', async (format) => {
  const before = await paint(format)
  const bit = format === 'rgba8' ? new Uint8Array([100, 100, 100, 101]) : new Uint16Array([100, 100, 100, 101])
  const inside = await images.writeRegion(before, pixel(5, 5), bit)
  const after = await images.writeRegion(inside, pixel(300, 280), bit)
  expect(await comparePictures(images, before, after, await maskOf(pixel(5, 5)), createPace())).toEqual({
    pixelCount: 120_000, untouchedPixelCount: 119_998, strayPixelCount: 1,
  })
})

it('finds a tile that was lost', async () => {
  const before = await paint('rgba8')
  const tiles = Object.fromEntries(Object.entries(before.tiles).filter(([key]) => key !== '-1,0'))
  const receipt = await comparePictures(images, before, { ...before, tiles }, null, createPace())
  expect(receipt.strayPixelCount).toBe(20 * 256)
})

it('does not count what an extension adds', async () => {
  const before = await paint('rgba8')
  const wider = { ...BOUNDS, width: 500 }
  const strip = { x: 380, y: 0, width: 100, height: 300 }
  const after = await images.writeRegion(before, strip, new Uint8Array(100 * 300 * 4).fill(7), wider)
  expect(await comparePictures(images, before, after, null, createPace())).toEqual({
    pixelCount: 120_000, untouchedPixelCount: 120_000, strayPixelCount: 0,
  })
})
