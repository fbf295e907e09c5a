import sharp from 'sharp'
import type { PixelRect } from '../../api/geometry.ts'
import { PIXEL_FORMATS, type ImageId, type TileImage } from '../../api/images.ts'
import { hashBytes } from '../storage/blob-store.ts'
import { forEachAtOnce } from '../pacing/concurrency.ts'
import type { DiskCache } from '../storage/disk-cache.ts'
import { MAX_LEVEL, type DisplayTiles } from './display-tiles.ts'
import type { ImageStore } from './image-store.ts'
import { copyPart, tileRect, touchedTiles } from './tile-grid.ts'

/** Pixels on the longer side: a card of the start screen at twice its size. */
const THUMBNAIL_SIDE = 320
const QUALITY = 80

/** Small WebP pictures of images, kept until the cache needs their place. */
export interface Thumbnails {
  /** Throws EngineError `not-found`. */
  get(imageId: ImageId): Promise<Uint8Array>
}

export function createThumbnails(parts: { images: ImageStore; displayTiles: DisplayTiles; diskCache: DiskCache }): Thumbnails {
  return {
    async get(imageId) {
      const name = hashBytes(`thumbnail ${imageId}`)
      const known = await parts.diskCache.get(name)
      if (known !== undefined) return known
      const thumbnail = await makeThumbnail(await parts.images.get(imageId), parts.displayTiles)
      await parts.diskCache.put(name, thumbnail)
      return thumbnail
    },
  }
}

async function makeThumbnail(image: TileImage, displayTiles: DisplayTiles): Promise<Uint8Array> {
  const level = levelFor(image.bounds)
  const rect = boundsAtLevel(image.bounds, level)
  const bytes = new Uint8Array(rect.width * rect.height * PIXEL_FORMATS.rgba8)
  await forEachAtOnce(touchedTiles(rect), async ({ column, row, part }) => {
    const tile = await displayTiles.get(image, level, column, row)
    copyPart({ rect: tileRect(column, row), bytes: tile }, { rect, bytes }, part, PIXEL_FORMATS.rgba8)
  })
  return sharp(bytes, { raw: { width: rect.width, height: rect.height, channels: 4 } })
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .toBuffer()
}

/** The smallest level that is not smaller than the thumbnail. */
function levelFor({ width, height }: PixelRect): number {
  const level = Math.floor(Math.log2(Math.max(width, height) / THUMBNAIL_SIDE))
  return Math.min(Math.max(level, 0), MAX_LEVEL)
}

/** Only pixels that lie wholly within the picture: those at its edge are half transparent. */
function boundsAtLevel({ x, y, width, height }: PixelRect, level: number): PixelRect {
  const scale = 2 ** level
  const [left, top] = [Math.ceil(x / scale), Math.ceil(y / scale)]
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.floor((x + width) / scale) - left),
    height: Math.max(1, Math.floor((y + height) / scale) - top),
  }
}
