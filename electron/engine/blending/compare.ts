import { intersectRects, type PixelRect } from '../../api/geometry.ts'
import { PIXEL_FORMATS, type TileImage } from '../../api/images.ts'
import type { Receipt } from '../../api/jobs.ts'
import type { ImageStore, RegionPixels } from '../pictures/image-store.ts'
import { parseTileKey, tileRect } from '../pictures/tile-grid.ts'
import type { Pace } from '../pacing/pacing.ts'

/**
 * The exactness receipt, from what the store really has: tiles of the same name have the same bytes, every other tile is
 * compared byte by byte. What lies beyond the bounds of `before` is new and does not count.
 */
export async function comparePictures(
  images: ImageStore,
  before: TileImage,
  after: TileImage,
  mask: TileImage | null,
  pace: Pace,
): Promise<Receipt> {
  const pixelCount = before.bounds.width * before.bounds.height
  let changedPixelCount = 0
  let strayPixelCount = 0
  for (const key of new Set([...Object.keys(before.tiles), ...Object.keys(after.tiles)])) {
    if (before.tiles[key] === after.tiles[key]) continue
    const part = intersectRects(tileRect(...parseTileKey(key)), before.bounds)
    if (part === undefined) continue
    const strengths = mask ? await images.readRegion(mask, part) : new Uint8Array(part.width * part.height)
    const [old, now] = await Promise.all([readWords(images, before, part), readWords(images, after, part)])
    const wordCount = old.length / strengths.length
    for (let i = 0; i < strengths.length; i++) {
      if (isSamePixel(old, now, i * wordCount, wordCount)) continue
      changedPixelCount++
      if (strengths[i] === 0) strayPixelCount++
    }
    await pace()
  }
  return { pixelCount, untouchedPixelCount: pixelCount - changedPixelCount, strayPixelCount }
}

/** Pixels as 32-bit words: one each for rgba8, two for rgba16. */
async function readWords(images: ImageStore, image: TileImage, part: PixelRect): Promise<Uint32Array> {
  const pixels: RegionPixels = await images.readRegion(image, part)
  return new Uint32Array(pixels.buffer, pixels.byteOffset, (part.width * part.height * PIXEL_FORMATS[image.format]) / 4)
}

function isSamePixel(old: Uint32Array, now: Uint32Array, at: number, wordCount: number): boolean {
  for (let i = at; i < at + wordCount; i++) if (old[i] !== now[i]) return false
  return true
}
