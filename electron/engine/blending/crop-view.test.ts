import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PixelRect } from '../../api/geometry.ts'
import { createBlobStore } from '../storage/blob-store.ts'
import type { ImageStore, RegionPixels } from '../pictures/image-store.ts'
import { createImageStore, emptyImage } from '../pictures/tile-image-store.ts'
import { readCropView, type CropView } from './crop-view.ts'

let folder: string
let images: ImageStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remask-view-'))
  const open = (name: string) => createBlobStore({ folder: join(folder, name), cacheBytes: 2 ** 24 })
  images = createImageStore({ blobs: open('blobs'), images: open('images') })
})
afterAll(() => rm(folder, { recursive: true }))

const rect = (x: number, y: number, width: number, height: number): PixelRect => ({ x, y, width, height })

async function paint(bounds: PixelRect, at: (x: number, y: number) => readonly number[], format: 'rgba8' | 'rgba16' = 'rgba8') {
  const length = bounds.width * bounds.height * 4
  const pixels: RegionPixels = format === 'rgba8' ? new Uint8Array(length) : new Uint16Array(length)
  for (let i = 0; i < length / 4; i++) {
    pixels.set(at(bounds.x + (i % bounds.width), bounds.y + Math.floor(i / bounds.width)), i * 4)
  }
  return images.writeRegion(emptyImage(format, bounds), bounds, pixels)
}

const redAt = ({ rgb, width }: CropView, x: number, y: number) => rgb[(y * width + x) * 3]!

describe('what a crop shows at the model’s scale', () => {
  it('is the picture’s own values, to the bit, where a cell is as large as the model’s', async () => {
    const picture = await paint(rect(0, 0, 64, 64), (x, y) => [x * 1000 + y, 5, y * 900, 65_535], 'rgba16')
    const view = await readCropView(images, picture, rect(0, 0, 64, 64), { width: 64, height: 64 })
    for (const [x, y] of [[0, 0], [63, 63], [17, 40]] as const) expect(redAt(view, x, y)).toBe(x * 1000 + y)
    expect(view.isKnown.every((known) => known === 1)).toBe(true)
  })

  it('is the mean where a cell is larger', async () => {
    const picture = await paint(rect(0, 0, 128, 128), (x) => [x < 64 ? 40 : 200, 0, 0, 255])
    const view = await readCropView(images, picture, rect(0, 0, 128, 128), { width: 32, height: 32 })
    expect(redAt(view, 4, 4)).toBe(40 * 257)
    expect(redAt(view, 28, 28)).toBe(200 * 257)
  })

  it('repeats the picture’s edge beyond it, which is not known', async () => {
    const picture = await paint(rect(10, 10, 20, 20), (x) => [x, 0, 0, 255])
    const view = await readCropView(images, picture, rect(0, 0, 64, 48), { width: 64, height: 48 })
    expect([redAt(view, 0, 0), redAt(view, 9, 47), redAt(view, 29, 20), redAt(view, 63, 47)]).toEqual([10, 10, 29, 29].map((v) => v * 257))
    expect(view.isKnown.reduce((sum, known) => sum + known, 0)).toBe(400)
    expect([view.isKnown[10 * 64 + 10], view.isKnown[9 * 64 + 10], view.isKnown[29 * 64 + 30]]).toEqual([1, 0, 0])
  })

  it('shows transparent parts on white, as not known', async () => {
    const picture = await paint(rect(0, 0, 16, 16), (x) => [0, 0, 0, x < 8 ? 0 : 255])
    const view = await readCropView(images, picture, rect(0, 0, 16, 16), { width: 16, height: 16 })
    expect([redAt(view, 2, 2), redAt(view, 12, 2)]).toEqual([65_535, 0])
    expect([view.isKnown[2], view.isKnown[12]]).toEqual([0, 1])
  })

  it('of a picture of one pixel is that pixel everywhere', async () => {
    const picture = await paint(rect(-3, -3, 1, 1), () => [77, 0, 0, 255])
    const view = await readCropView(images, picture, rect(-8, -8, 128, 128), { width: 128, height: 128 })
    expect(view.rgb.filter((_, i) => i % 3 === 0).every((red) => red === 77 * 257)).toBe(true)
  })

  it('is read in bands where it is large, without a line between them', async () => {
    const bounds = rect(0, 0, 5000, 3300)
    const picture = await paint(bounds, () => [90, 90, 90, 255])
    const crop = rect(0, 0, 5008, 5008)
    const view = await readCropView(images, picture, crop, { width: 128, height: 128 })
    for (const value of view.rgb) if (value !== 90 * 257) expect.fail(`${value}`)
  }, 30_000)
})
