import { widenMask } from '../../api/edge-band.ts'
import { intersectRects, type PixelRect } from '../../api/geometry.ts'
import type { TileImage } from '../../api/images.ts'
import { createPace } from '../pacing/pacing.ts'
import type { ImageStore } from './image-store.ts'
import { touchedTiles } from './tile-grid.ts'
import { emptyImage } from './tile-image-store.ts'

/** A mask over all of a picture. Its tiles are equal, so that it takes next to no place. */
export async function coverWhole(images: ImageStore, bounds: PixelRect): Promise<TileImage> {
  return fillMask(images, bounds, async ({ width, height }) => new Uint8Array(width * height).fill(255))
}

/** The mask of what a mask of a picture leaves free; undefined where it covers nothing of it. */
export async function invertMask(images: ImageStore, mask: TileImage, bounds: PixelRect): Promise<TileImage | undefined> {
  let isEmpty = true
  const inverted = await fillMask(images, bounds, async (part) => {
    const strengths = (await images.readRegion(mask, part)) as Uint8Array
    isEmpty &&= strengths.every((strength) => strength === 0)
    return strengths.map((strength) => 255 - strength)
  })
  return isEmpty ? undefined : inverted
}

/** `widenMask` over a picture's mask, tile by tile. */
export async function softenMask(images: ImageStore, mask: TileImage, bounds: PixelRect, band: number): Promise<TileImage> {
  return fillMask(images, bounds, async (part) => {
    const { x, y, width, height } = part
    // Farther away nothing has an influence.
    const around = { x: x - band, y: y - band, width: width + 2 * band, height: height + 2 * band }
    const seen = intersectRects(around, bounds) ?? part
    const widened = widenMask((await images.readRegion(mask, seen)) as Uint8Array, seen.width, band)
    const cut = new Uint8Array(width * height)
    for (let row = 0; row < height; row++) {
      const start = (y + row - seen.y) * seen.width + x - seen.x
      cut.set(widened.subarray(start, start + width), row * width)
    }
    return cut
  })
}

async function fillMask(
  images: ImageStore,
  bounds: PixelRect,
  strengthsOf: (part: PixelRect) => Promise<Uint8Array>,
): Promise<TileImage> {
  const pace = createPace()
  let mask = emptyImage('mask8', bounds)
  for (const { part } of touchedTiles(bounds)) {
    mask = await images.writeRegion(mask, part, await strengthsOf(part))
    await pace()
  }
  return mask
}
