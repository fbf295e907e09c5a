import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobHash, ImageId } from '../../api/images.ts'
import type { BlobStore } from './blob-store.ts'
import { unlessMissing } from './disk-errors.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { blobsOf } from '../pictures/tile-image-store.ts'

const BLOB_NAMES = /[0-9a-f]{64}/g

/** What files refer to. */
export interface References {
  readonly images: Set<ImageId>
  readonly blobs: Set<BlobHash>
}

export interface ReferenceStores {
  readonly blobs: BlobStore
  readonly images: ImageStore
  /** The blobs that images are kept in. */
  readonly imageBlobs: BlobStore
}

/**
 * Adds every blob that the files of a folder name: any 64 hexadecimal digits in logs, views and jobs count, whatever they
 * mean there, and a tile image counts with all it names. Rejects when some file cannot be read.
 */
export async function addReferences(folder: string, into: References, stores: ReferenceStores): Promise<void> {
  for (const file of await filesBelow(folder)) {
    for (const [name] of (await readFile(file, 'latin1')).matchAll(BLOB_NAMES)) {
      if (into.images.has(name) || into.blobs.has(name)) continue
      if ((await stores.imageBlobs.measure(name)) === undefined) {
        into.blobs.add(name)
        continue
      }
      into.images.add(name)
      for (const blob of blobsOf(await stores.images.get(name))) into.blobs.add(blob)
    }
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await unlessMissing(readdir(folder, { withFileTypes: true, recursive: true }), [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Bytes on disk of all that is referred to. */
export async function measureReferences({ images, blobs }: References, stores: ReferenceStores): Promise<number> {
  let bytes = 0
  for (const imageId of images) bytes += (await stores.imageBlobs.measure(imageId)) ?? 0
  for (const hash of blobs) bytes += (await stores.blobs.measure(hash)) ?? 0
  return bytes
}
