import { join } from 'node:path'
import { createBlobStore, type BlobStore } from '../storage/blob-store.ts'
import { createColour, type Colour } from './colour.ts'
import type { DataPaths } from '../storage/data-paths.ts'
import { createDiskCache, type DiskCache } from '../storage/disk-cache.ts'
import { writing } from '../storage/disk-errors.ts'
import { createDisplayTiles, type DisplayTiles } from './display-tiles.ts'
import type { ImageStore } from './image-store.ts'
import { createThumbnails, type Thumbnails } from './thumbnails.ts'
import { createImageStore } from './tile-image-store.ts'

/** Everything that keeps or shows pixels. */
export interface PixelStorage {
  /** Tiles, profiles, EXIF, tokens. */
  readonly blobs: BlobStore
  /** The blobs that tile images are kept in. */
  readonly imageBlobs: BlobStore
  readonly images: ImageStore
  readonly colour: Colour
  readonly displayTiles: DisplayTiles
  readonly thumbnails: Thumbnails
  /** For whatever else can be made again. */
  readonly diskCache: DiskCache
}

/** Shares of the memory budget, most of which belongs to the model; more than the cap does not make anything faster. */
const BLOB_CACHE = { share: 1 / 8, maxBytes: 512 * 2 ** 20 }
const DISPLAY_CACHE = { share: 1 / 16, maxBytes: 256 * 2 ** 20 }
/** Tile images are small; thousands fit. */
const IMAGE_CACHE_BYTES = 16 * 2 ** 20
/** Zoomed-out levels of some fifty photos. */
const DISK_CACHE_BYTES = 2 ** 30

export async function openPixelStorage(paths: DataPaths, budgetBytes: number): Promise<PixelStorage> {
  const cacheBytes = ({ share, maxBytes }: typeof BLOB_CACHE) => Math.min(Math.floor(budgetBytes * share), maxBytes)
  const blobs = createBlobStore({ folder: paths.blobs, cacheBytes: cacheBytes(BLOB_CACHE) })
  const imageBlobs = createBlobStore({ folder: paths.images, cacheBytes: IMAGE_CACHE_BYTES })
  await writing(async () => {
    await blobs.removeTemporaryFiles()
    await imageBlobs.removeTemporaryFiles()
  })
  const images = createImageStore({ blobs, images: imageBlobs })
  const colour = createColour({ blobs, folder: join(paths.cache, 'profiles') })
  const diskCache = createDiskCache(join(paths.cache, 'display'), DISK_CACHE_BYTES)
  void diskCache.trim()
  const displayTiles = createDisplayTiles({ images, colour, diskCache, cacheBytes: cacheBytes(DISPLAY_CACHE) })
  const thumbnails = createThumbnails({ images, displayTiles, diskCache })
  return { blobs, imageBlobs, images, colour, displayTiles, thumbnails, diskCache }
}
