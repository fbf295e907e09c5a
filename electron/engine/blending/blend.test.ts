import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PixelRect } from '../../api/geometry.ts'
import type { RgbRaster } from '../../api/inference.ts'
import type { PixelFormat, TileImage } from '../../api/images.ts'
import { createRandom } from '../../../models/sampling/random.ts'
import { createBlobStore, type BlobStore } from '../storage/blob-store.ts'
import { createColour } from '../pictures/colour.ts'
import type { RegionPixels } from '../pictures/image-store.ts'
import { createImageStore, emptyImage } from '../pictures/tile-image-store.ts'
import { blendPatch, type BlendingTools } from './blend.ts'

let folder: string
let blobs: BlobStore
let tools: BlendingTools
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remask-blend-'))
  blobs = createBlobStore({ folder: join(folder, 'blobs'), cacheBytes: 64 * 2 ** 20 })
  const imageBlobs = createBlobStore({ folder: join(folder, 'images'), cacheBytes: 2 ** 20 })
  tools = { images: createImageStore({ blobs, images: imageBlobs }), colour: createColour({ blobs, folder }) }
})
afterAll(() => rm(folder, { recursive: true }))

const rect = (x: number, y: number, width: number, height: number): PixelRect => ({ x, y, width, height })

type Channels = readonly [number, number, number, number]

async function paint(bounds: PixelRect, at: (x: number, y: number) => Channels, format: PixelFormat = 'rgba8') {
  const length = bounds.width * bounds.height * 4
  const pixels: RegionPixels = format === 'rgba16' ? new Uint16Array(length) : new Uint8Array(length)
  for (let i = 0; i < length / 4; i++) {
    pixels.set(at(bounds.x + (i % bounds.width), bounds.y + Math.floor(i / bounds.width)), i * 4)
  }
  return tools.images.writeRegion(emptyImage(format, bounds), bounds, pixels)
}

async function paintMask(bounds: PixelRect, at: (x: number, y: number) => number) {
  const pixels = new Uint8Array(bounds.width * bounds.height)
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = at(bounds.x + (i % bounds.width), bounds.y + Math.floor(i / bounds.width))
  }
  return tools.images.writeRegion(emptyImage('mask8', bounds), bounds, pixels)
}

function drawPatch(width: number, height: number, at: (x: number, y: number) => readonly [number, number, number]): RgbRaster {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) data.set(at(i % width, Math.floor(i / width)), i * 3)
  return { width, height, data }
}

const isIn = (x: number, y: number, of: PixelRect) =>
  x >= of.x && y >= of.y && x < of.x + of.width && y < of.y + of.height

async function readPixel(image: TileImage, x: number, y: number): Promise<number[]> {
  return [...(await tools.images.readRegion(image, rect(x, y, 1, 1)))]
}

describe('a patch laid into a mask', () => {
  const bounds = rect(-10, 0, 300, 270)
  const crop = rect(0, 0, 128, 128)
  const painted = rect(20, 30, 40, 50)
  const noise = createRandom(5)
  const noisy = () => Math.floor(noise() * 256)

  it.each(['rgba8', 'rgba16'] as const)('changes no byte outside it in 100 edits in a row: %s', async (format) => {
    const scale = format === 'rgba16' ? 257 : 1
    const random = createRandom(9)
    const within = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
    const original = await paint(bounds, () => [noisy() * scale, noisy() * scale, noisy() * scale, 255 * scale], format)
    const isEverMasked = new Uint8Array(bounds.width * bounds.height)
    let picture = original
    for (let round = 0; round < 100; round++) {
      const area = rect(within(-10, 200), within(0, 200), within(1, 60), within(1, 60))
      const mask = await paintMask(bounds, (x, y) => (isIn(x, y, area) ? within(0, 255) : 0))
      const cellSize = within(8, 20)
      const square = rect(within(-10, 20), within(0, 20), 16 * cellSize, 16 * cellSize)
      const patch = drawPatch(128, 128, () => [noisy(), noisy(), noisy()])
      const { image, receipt } = await blendPatch(tools, picture, { mask, frame: null }, square, patch)
      expect(receipt!.strayPixelCount).toBe(0)
      const strengths = await tools.images.readRegion(mask, bounds)
      for (let i = 0; i < strengths.length; i++) if (strengths[i]! > 0) isEverMasked[i] = 1
      picture = image
    }
    // Not the receipt's own word: every byte against the very first picture.
    const [before, after] = [await tools.images.readRegion(original, bounds), await tools.images.readRegion(picture, bounds)]
    let strayCount = 0
    let changedCount = 0
    for (let i = 0; i < before.length; i++) {
      if (before[i] === after[i]) continue
      changedCount++
      if (isEverMasked[i >> 2] === 0) strayCount++
    }
    expect(strayCount).toBe(0)
    expect(changedCount).toBeGreaterThan(10_000)
  }, 60_000)

  it('says how many pixels it left', async () => {
    const picture = await paint(bounds, () => [10, 20, 30, 255])
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 255 : 0))
    const patch = drawPatch(128, 128, (x, y) => (isIn(x, y, painted) ? [200, 0, 0] : [10, 20, 30]))
    const { receipt } = await blendPatch(tools, picture, { mask, frame: null }, crop, patch)
    expect(receipt).toEqual({ pixelCount: 81_000, untouchedPixelCount: 81_000 - 2000, strayPixelCount: 0 })
  })

  it('keeps the names of all tiles it does not touch', async () => {
    const picture = await paint(bounds, (x, y) => [x & 255, y & 255, 30, 255])
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 255 : 0))
    const { image } = await blendPatch(tools, picture, { mask, frame: null }, crop, drawPatch(128, 128, () => [9, 9, 9]))
    const changed = Object.keys(image.tiles).filter((key) => image.tiles[key] !== picture.tiles[key])
    expect(changed).toEqual(['0,0'])
  })

  it.each([
    ['a little darker', 120, 110],
    ['far darker', 200, 130],
  ])('meets a flat picture within one of 255 where the model drew it %s', async (_, colour, drawn) => {
    const picture = await paint(bounds, () => [colour, colour, colour, 255])
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 255 : 0))
    const patch = drawPatch(128, 128, () => [drawn, drawn, drawn])
    const { image } = await blendPatch(tools, picture, { mask, frame: null }, crop, patch)
    const pixels = await tools.images.readRegion(image, painted)
    for (const value of pixels.filter((_, i) => i % 4 !== 3)) expect(Math.abs(value - colour)).toBeLessThanOrEqual(1)
  })

  it('meets a picture whose difference from the patch varies along the border', async () => {
    const shift = (x: number) => Math.round(x / 4)
    const picture = await paint(bounds, (x) => [100 + shift(Math.max(0, x)), 100, 100, 255])
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 255 : 0))
    const { image } = await blendPatch(tools, picture, { mask, frame: null }, crop, drawPatch(128, 128, () => [100, 100, 100]))
    for (let x = painted.x; x < painted.x + painted.width; x++) {
      for (const y of [painted.y, painted.y + painted.height - 1]) {
        expect(Math.abs((await readPixel(image, x, y))[0]! - 100 - shift(x))).toBeLessThanOrEqual(2)
      }
    }
  })

  it('finds a shift whole though picture and patch have each a grain of their own', async () => {
    const random = createRandom(3)
    const grained = (value: number) => value + Math.round((random() - 0.5) * 40)
    const picture = await paint(bounds, () => [grained(120), grained(120), grained(120), 255])
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 255 : 0))
    const patch = drawPatch(128, 128, () => [grained(104), grained(128), grained(120)])
    const { image } = await blendPatch(tools, picture, { mask, frame: null }, crop, patch)
    const pixels = await tools.images.readRegion(image, painted)
    for (const channel of [0, 1, 2]) {
      const values = [...pixels].filter((_, i) => i % 4 === channel)
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length - 120)).toBeLessThanOrEqual(1)
    }
  })

  it('takes up little of other content at one side of the border', async () => {
    const picture = await paint(bounds, (_, y) => (y < 55 ? [230, 40, 40, 255] : [100, 100, 100, 255]))
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 255 : 0))
    const { image } = await blendPatch(tools, picture, { mask, frame: null }, crop, drawPatch(128, 128, () => [100, 100, 100]))
    for (const x of [20, 40, 59]) expect(Math.abs((await readPixel(image, x, 78))[0]! - 100)).toBeLessThanOrEqual(12)
  })

  it('takes up no colour of a subject that it is drawn around', async () => {
    const subject = rect(50, 50, 30, 30)
    const picture = await paint(bounds, (x, y) => (isIn(x, y, subject) ? [220, 30, 30, 255] : [90, 120, 160, 255]))
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, subject) ? 0 : 255))
    // Cells wholly of the subject the model gives back, a little darker; in those it is part of, the new background goes on.
    const patch = drawPatch(128, 128, (x, y) => (isIn(x, y, rect(56, 56, 24, 24)) ? [216, 26, 26] : [40, 90, 40]))
    const matched = async (comparedCellSize?: number) => {
      const { image, receipt } = await blendPatch(tools, picture, { mask, frame: null, comparedCellSize }, crop, patch)
      expect(receipt!.strayPixelCount).toBe(0)
      return readPixel(image, 47, 60)
    }
    const [bled] = await matched()
    expect(bled! - 40).toBeGreaterThan(20)
    const own = await matched(8)
    expect(Math.max(...[40, 90, 40].map((value, i) => Math.abs(own[i]! - value)))).toBeLessThanOrEqual(5)
  })

  it('keeps what the model drew, though it differs from what was there', async () => {
    const picture = await paint(bounds, () => [100, 100, 100, 255])
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 255 : 0))
    const apple = rect(30, 40, 20, 30)
    const patch = drawPatch(128, 128, (x, y) => (isIn(x, y, apple) ? [220, 20, 20] : [100, 100, 100]))
    const { image } = await blendPatch(tools, picture, { mask, frame: null }, crop, patch)
    expect(await readPixel(image, 40, 55)).toEqual([220, 20, 20, 255])
  })

  it('mixes in proportion to a soft mask', async () => {
    const picture = await paint(bounds, () => [0, 0, 0, 255])
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 51 : 0))
    const patch = drawPatch(128, 128, (x, y) => (isIn(x, y, painted) ? [200, 100, 0] : [0, 0, 0]))
    const { image } = await blendPatch(tools, picture, { mask, frame: null }, crop, patch)
    expect(await readPixel(image, 40, 50)).toEqual([40, 20, 0, 255])
  })

  it('becomes opaque in proportion where the picture was transparent, and leaves alpha elsewhere', async () => {
    const picture = await paint(bounds, (x) => (x < 40 ? [50, 60, 70, 0] : [50, 60, 70, 99]))
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? (y < 50 ? 255 : 102) : 0))
    const patch = drawPatch(128, 128, () => [50, 60, 70])
    const { image, receipt } = await blendPatch(tools, { ...picture, hasAlpha: true }, { mask, frame: null }, crop, patch)
    expect(await readPixel(image, 30, 40)).toEqual([50, 60, 70, 255])
    expect(await readPixel(image, 30, 60)).toEqual([50, 60, 70, 102])
    expect(await readPixel(image, 10, 60)).toEqual([50, 60, 70, 0])
    expect(await readPixel(image, 80, 60)).toEqual([50, 60, 70, 99])
    expect(receipt!.strayPixelCount).toBe(0)
  })

  it('is enlarged where a cell is larger than the model’s, without a seam between blocks', async () => {
    const large = rect(0, 0, 1500, 1100)
    const picture = await paint(large, () => [100, 100, 100, 255])
    const mask = await paintMask(large, (x, y) => (isIn(x, y, rect(100, 100, 1200, 900)) ? 255 : 0))
    const patch = drawPatch(128, 128, (x) => [x * 2, x * 2, x * 2])
    const { image, receipt } = await blendPatch(tools, picture, { mask, frame: null }, rect(0, 0, 1504, 1504), patch)
    const row = await tools.images.readRegion(image, rect(150, 512, 1100, 1))
    for (let x = 4; x < 4400; x += 4) expect(Math.abs(row[x]! - row[x - 4]!)).toBeLessThanOrEqual(2)
    expect(receipt!.strayPixelCount).toBe(0)
  })

  it('is drawn in the picture’s own colour space', async () => {
    const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } }).withIccProfile('p3').png().toBuffer()
    const iccProfile = await blobs.put((await sharp(png).metadata()).icc!)
    // sRGB 200, 30, 60 is about 184, 50, 64 in Display P3.
    const picture = { ...(await paint(bounds, () => [184, 50, 64, 255])), iccProfile }
    const mask = await paintMask(bounds, (x, y) => (isIn(x, y, painted) ? 255 : 0))
    const { image, receipt } = await blendPatch(tools, picture, { mask, frame: null }, crop, drawPatch(128, 128, () => [200, 30, 60]))
    const [red, green, blue] = await readPixel(image, 40, 50)
    expect(Math.max(Math.abs(red! - 184), Math.abs(green! - 50), Math.abs(blue! - 64))).toBeLessThanOrEqual(1)
    expect(image.iccProfile).toBe(iccProfile)
    expect(receipt!.strayPixelCount).toBe(0)
  })

  it('covers a picture that is masked all over', async () => {
    const picture = await paint(crop, () => [1, 2, 3, 255])
    const mask = await paintMask(crop, () => 255)
    const { image, receipt } = await blendPatch(tools, picture, { mask, frame: null }, crop, drawPatch(128, 128, () => [7, 8, 9]))
    expect(await readPixel(image, 64, 64)).toEqual([7, 8, 9, 255])
    expect(receipt).toEqual({ pixelCount: 16_384, untouchedPixelCount: 0, strayPixelCount: 0 })
  })
})

describe('a patch that extends the picture', () => {
  const bounds = rect(0, 0, 128, 128)

  it('fills all of the frame, opaque, and leaves the picture', async () => {
    const picture = await paint(bounds, (x, y) => [x, y, 100, 255])
    const frame = rect(-70, -5, 200, 140)
    const crop = rect(-72, -8, 208, 144)
    const { image, receipt } = await blendPatch(
      tools, picture, { mask: null, frame }, crop, drawPatch(208, 144, () => [90, 90, 90]),
    )
    expect(image.bounds).toEqual(frame)
    expect(receipt).toEqual({ pixelCount: 16_384, untouchedPixelCount: 16_384, strayPixelCount: 0 })
    const pixels = await tools.images.readRegion(image, frame)
    for (let i = 3; i < pixels.length; i += 4) expect(pixels[i]).toBe(255)
    expect(image.hasAlpha).toBe(false)
  })

  it('takes up the picture’s colour where they meet', async () => {
    const picture = await paint(bounds, () => [150, 150, 150, 255])
    const frame = rect(0, 0, 192, 128)
    const crop = rect(64, 0, 128, 128)
    const { image } = await blendPatch(tools, picture, { mask: null, frame }, crop, drawPatch(128, 128, () => [140, 140, 140]))
    for (const y of [0, 60, 127]) expect(Math.abs((await readPixel(image, 128, y))[0]! - 150)).toBeLessThanOrEqual(1)
  })

  it.each([
    ['gives grain back', false],
    ['draws a grain of its own', true],
  ])('does not drift in colour over five extensions with a codec that darkens and tints all it draws and %s', async (_, isRegrained) => {
    const random = createRandom(7)
    const TRUE = [150, 110, 90] as const
    const grain = () => Math.round((random() - 0.5) * 16)
    const grained = (colour: readonly number[]) => colour.map((value) => value + grain()) as [number, number, number]
    let picture = await paint(bounds, () => [...grained(TRUE), 255])
    const codec = (colour: readonly number[]) => [colour[0]! * 0.95, colour[1]! * 0.97 + 6, colour[2]! - 7].map(Math.round)
    for (let extension = 1; extension <= 5; extension++) {
      const frame = rect(0, 0, 128 + 64 * extension, 128)
      const crop = rect(64 * extension, 0, 128, 128)
      // What is known it gives back, a little wrong; what is new it draws as it goes on.
      const known = await tools.images.readRegion(picture, rect(crop.x, 0, 64, 128))
      const colourAt = (x: number, y: number) => (x < 64 && !isRegrained ? [...known.subarray((y * 64 + x) * 4, (y * 64 + x) * 4 + 3)] : grained(TRUE))
      const drawn = drawPatch(128, 128, (x, y) => codec(colourAt(x, y)).map((value) => value + Math.round(random() * 4) - 2) as [number, number, number])
      picture = (await blendPatch(tools, picture, { mask: null, frame }, crop, drawn)).image
    }
    const last = await tools.images.readRegion(picture, rect(128 + 64 * 4, 0, 64, 128))
    for (const channel of [0, 1, 2]) {
      const values = [...last].filter((_, i) => i % 4 === channel)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(Math.abs(mean - TRUE[channel]!)).toBeLessThanOrEqual(1)
    }
  })

  it('keeps the colours it was drawn in where they are not to be matched', async () => {
    const picture = await paint(bounds, () => [150, 150, 150, 255])
    const written = { mask: null, frame: rect(0, 0, 192, 128), isColourMatched: false }
    const { image } = await blendPatch(tools, picture, written, rect(64, 0, 128, 128), drawPatch(128, 128, () => [140, 140, 140]))
    expect(await readPixel(image, 128, 60)).toEqual([140, 140, 140, 255])
  })

  it('beside another extension leaves the corner between them transparent, and says so', async () => {
    const picture = await paint(rect(0, -64, 128, 192), () => [150, 150, 150, 255])
    const { image } = await blendPatch(
      tools, picture, { mask: null, frame: rect(0, 0, 192, 128) }, rect(64, 0, 128, 128), drawPatch(128, 128, () => [1, 1, 1]),
    )
    expect(image.bounds).toEqual(rect(0, -64, 192, 192))
    expect(image.hasAlpha).toBe(true)
    expect(await readPixel(image, 150, -30)).toEqual([0, 0, 0, 0])
  })
})

it('a patch without a picture is the picture, cut to the frame', async () => {
  const patch = drawPatch(128, 128, (x, y) => [x, y, 5])
  const { image, receipt } = await blendPatch(
    tools, null, { mask: null, frame: rect(0, 0, 100, 60) }, rect(-8, -32, 128, 128), patch,
  )
  expect(receipt).toBeNull()
  expect(image).toMatchObject({ bounds: rect(0, 0, 100, 60), format: 'rgba8', hasAlpha: false })
  expect(await readPixel(image, 0, 0)).toEqual([8, 32, 5, 255])
  expect(await readPixel(image, 99, 59)).toEqual([107, 91, 5, 255])
})
