import { LRUCache } from 'lru-cache'
import { EngineError } from '../../api/errors.ts'
import { containsRect, intersectRects, type PixelRect } from '../../api/geometry.ts'
import {
  PIXEL_FORMATS,
  TILE_SIZE,
  tileImageSchema,
  tileKey,
  type BlobHash,
  type ImageId,
  type PixelFormat,
  type TileImage,
} from '../../api/images.ts'
import { UNKNOWN_BLOB, UNKNOWN_IMAGE } from '../../api/strings/storage.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { forEachAtOnce } from '../pacing/concurrency.ts'
import type { ImageStore, RegionPixels } from './image-store.ts'
import { copyPart, parseTileKey, tileRect, touchedTiles } from './tile-grid.ts'

/**
 * Tile images over two blob stores: one for tiles, profiles and other bytes, one for the images themselves, so that the
 * clean-up knows which blobs name others.
 */
export function createImageStore(stores: { blobs: BlobStore; images: BlobStore }): ImageStore {
  const { blobs, images } = stores

  const readTile = async (hash: BlobHash, format: PixelFormat): Promise<Uint8Array> => {
    const bytes = await blobs.get(hash)
    if (bytes.length !== TILE_SIZE * TILE_SIZE * PIXEL_FORMATS[format]) throw new RangeError(`${hash} is no ${format} tile`)
    return bytes
  }

  return {
    get: createReader(images),

    async put(image) {
      const missing: BlobHash[] = []
      await forEachAtOnce(new Set(blobsOf(image)), async (hash) => {
        if (!(await blobs.claim(hash))) missing.push(hash)
      })
      if (missing.length > 0) throw new EngineError('not-found', UNKNOWN_BLOB, { details: { missing } })
      return images.put(Buffer.from(canonicalJson(image)))
    },

    async readRegion(image, rect) {
      const bytesPerPixel = PIXEL_FORMATS[image.format]
      const bytes = new Uint8Array(rect.width * rect.height * bytesPerPixel)
      const shown = intersectRects(rect, image.bounds)
      await forEachAtOnce(shown ? touchedTiles(shown) : [], async ({ column, row, part }) => {
        const hash = image.tiles[tileKey(column, row)]
        if (hash === undefined) return
        const tile = { rect: tileRect(column, row), bytes: await readTile(hash, image.format) }
        copyPart(tile, { rect, bytes }, part, bytesPerPixel)
      })
      return image.format === 'rgba16' ? new Uint16Array(bytes.buffer) : bytes
    },

    async writeRegion(image, rect, pixels, bounds = image.bounds) {
      const bytesPerPixel = PIXEL_FORMATS[image.format]
      const bytes = bytesOfRegion(pixels)
      if (!containsRect(bounds, rect)) throw new RangeError(`${describe(rect)} is not within ${describe(bounds)}`)
      if (!containsRect(bounds, image.bounds)) throw new RangeError(`${describe(bounds)} cuts ${describe(image.bounds)}`)
      if (bytes.length !== rect.width * rect.height * bytesPerPixel) {
        throw new RangeError(`${bytes.length} bytes are not ${rect.width} × ${rect.height} pixels of ${image.format}`)
      }
      const tiles = { ...image.tiles }
      await forEachAtOnce(touchedTiles(rect), async ({ column, row, part }) => {
        const key = tileKey(column, row)
        const before = tiles[key]
        const isWhole = part.width === TILE_SIZE && part.height === TILE_SIZE
        const tile =
          before === undefined || isWhole
            ? new Uint8Array(TILE_SIZE * TILE_SIZE * bytesPerPixel)
            : new Uint8Array(await readTile(before, image.format))
        copyPart({ rect, bytes }, { rect: tileRect(column, row), bytes: tile }, part, bytesPerPixel)
        if (isZero(tile)) delete tiles[key]
        else tiles[key] = await blobs.put(tile)
      })
      return { ...image, bounds, tiles }
    },
  }
}

/** Images that are shown or edited, whose text is not read again for each of their tiles. */
const KEPT_IMAGE_COUNT = 32

function createReader(images: BlobStore): ImageStore['get'] {
  // Promises: a window asks for all the tiles it shows at once.
  const kept = new LRUCache<ImageId, Promise<TileImage>>({ max: KEPT_IMAGE_COUNT })
  const readImage = async (imageId: ImageId) => {
    const bytes = await images.get(imageId).catch((error: unknown) => {
      if (error instanceof EngineError && error.code === 'not-found') throw unknownImage(imageId)
      throw error
    })
    return tileImageSchema.parse(JSON.parse(Buffer.from(bytes).toString()))
  }
  return (imageId) => {
    const known = kept.get(imageId)
    if (known !== undefined) return known
    const read = readImage(imageId)
    kept.set(imageId, read)
    read.catch(() => kept.delete(imageId))
    return read
  }
}

/** The part of an image in `rect`, which lies within its bounds. Tiles within it keep their names. */
export async function cropImage(images: ImageStore, image: TileImage, rect: PixelRect): Promise<TileImage> {
  if (!containsRect(image.bounds, rect)) {
    throw new EngineError('invalid-request', `${describe(rect)} is not within the picture, ${describe(image.bounds)}.`)
  }
  const kept: TileImage['tiles'] = {}
  const cut: PixelRect[] = []
  for (const [key, hash] of Object.entries(image.tiles)) {
    const [column, row] = parseTileKey(key)
    const whole = intersectRects(tileRect(column, row), image.bounds)
    const part = whole && intersectRects(whole, rect)
    if (!whole || !part) continue
    if (part.width === whole.width && part.height === whole.height) kept[key] = hash
    else cut.push(part)
  }
  let cropped: TileImage = { ...image, bounds: rect, tiles: kept }
  for (const part of cut) cropped = await images.writeRegion(cropped, part, await images.readRegion(image, part))
  return cropped
}

/** An image without a pixel. */
export function emptyImage(format: PixelFormat, bounds: PixelRect): TileImage {
  return { bounds, format, iccProfile: null, hasAlpha: false, exif: null, tiles: {} }
}

/** Every blob an image names. */
export function* blobsOf(image: TileImage): Generator<BlobHash> {
  yield* Object.values(image.tiles)
  if (image.iccProfile) yield image.iccProfile
  if (image.exif) yield image.exif
}

/** The same image always has the same text, whatever order its keys came in. */
function canonicalJson({ bounds, format, iccProfile, hasAlpha, exif, tiles }: TileImage): string {
  const { x, y, width, height } = bounds
  const sorted = Object.fromEntries(Object.entries(tiles).sort(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify({ bounds: { x, y, width, height }, format, iccProfile, hasAlpha, exif, tiles: sorted })
}

export function unknownImage(imageId: ImageId): EngineError {
  return new EngineError('not-found', UNKNOWN_IMAGE, { details: { imageId } })
}

function bytesOfRegion(pixels: RegionPixels): Uint8Array {
  return pixels instanceof Uint8Array ? pixels : new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength)
}

function isZero(bytes: Uint8Array): boolean {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  return words.every((word) => word === 0)
}

function describe({ x, y, width, height }: PixelRect): string {
  return `${width} × ${height} at ${x}, ${y}`
}
