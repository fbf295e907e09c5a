import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createBlobStore } from '../storage/blob-store.ts'
import { createColour, narrow, widen } from './colour.ts'
import { makeTestFolder } from '../testing/engine-under-test.ts'

const SIZE = { width: 16, height: 16 }

async function makeColour() {
  const folder = await makeTestFolder()
  const blobs = createBlobStore({ folder: join(folder, 'blobs'), cacheBytes: 2 ** 20 })
  const p3 = await sharp({ create: { ...SIZE, channels: 3, background: 'red' } }).withIccProfile('p3').png().toBuffer()
  const profile = await blobs.put((await sharp(p3).metadata()).icc!)
  return { colour: createColour({ blobs, folder: join(folder, 'profiles') }), profile }
}

/** Colours of sRGB in even steps, alpha in uneven ones. */
const srgb = Uint8Array.from({ length: 16 * 16 * 4 }, (_, i) => (i % 4 === 3 ? i % 256 : ((i >> 2) * (7 + (i % 4) * 6)) % 256))

function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)))
}

function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (value, i) => Math.abs(value - b[i]!)).reduce((sum, value) => sum + value) / a.length
}

test('sRGB goes into a wider space and back within rounding, alpha untouched', async () => {
  const { colour, profile } = await makeColour()
  for (const format of ['rgba8', 'rgba16'] as const) {
    const image = { iccProfile: profile, format }
    const own = await colour.fromSrgb(srgb, SIZE, image)
    expect(own).toBeInstanceOf(format === 'rgba16' ? Uint16Array : Uint8Array)
    expect(maxDifference(narrowIfDeep(own), srgb)).toBeGreaterThan(10)
    const back = await colour.toSrgb(own, SIZE, image)
    // A step of a dark, saturated colour in the wider space is several of sRGB.
    expect(maxDifference(back, srgb)).toBeLessThanOrEqual(8)
    expect(meanDifference(back, srgb)).toBeLessThan(0.5)
    expect(alphasOf(back)).toEqual(alphasOf(srgb))
  }
})

test('without a profile 8-bit pixels are what they are', async () => {
  const { colour } = await makeColour()
  expect(await colour.toSrgb(srgb, SIZE, { iccProfile: null })).toEqual(srgb)
  expect(await colour.fromSrgb(srgb, SIZE, { iccProfile: null, format: 'rgba8' })).toEqual(srgb)
})

test('8 bits widened to 16 and narrowed are the same; 16 bits are rounded', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i)
  expect(narrow(widen(all))).toEqual(all)
  expect([...narrow(Uint16Array.of(0, 128, 129, 65_535, 65_406))]).toEqual([0, 0, 1, 255, 254])
})

function alphasOf(rgba: Uint8Array): number[] {
  return Array.from(rgba).filter((_, i) => i % 4 === 3)
}

function narrowIfDeep(pixels: Uint8Array | Uint16Array): Uint8Array {
  return pixels instanceof Uint16Array ? narrow(pixels) : pixels
}
