import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hashBytes } from './blob-store.ts'
import type { DataPaths } from './data-paths.ts'
import type { DiskCache } from './disk-cache.ts'
import { unlessMissing } from './disk-errors.ts'
import { addReferences, measureReferences, type References, type ReferenceStores } from './references.ts'

export interface DiskUseStores extends ReferenceStores {
  readonly paths: DataPaths
  readonly diskCache: DiskCache
}

/**
 * Bytes on disk of a document, blobs it shares with others in full. Kept under the state of its log and jobs, so that the
 * start screen need not count thousands of tiles each time.
 */
export async function measureDocument(documentId: string, stores: DiskUseStores): Promise<number> {
  const folder = join(stores.paths.documents, documentId)
  const log = await unlessMissing(stat(join(folder, 'log.ndjson')), undefined)
  const jobs = await unlessMissing(stat(stores.paths.jobs(documentId)), undefined)
  const name = hashBytes(`disk use ${documentId} ${log?.size} ${log?.mtimeMs} ${jobs?.mtimeMs}`)
  const known = await stores.diskCache.get(name)
  if (known !== undefined) return Number(Buffer.from(known).toString())

  const references: References = { images: new Set(), blobs: new Set() }
  // A damaged picture counts as far as it can be read: the list of documents must not fail for it.
  await addReferences(folder, references, stores).catch(() => {})
  const bytes = (log?.size ?? 0) + (await measureReferences(references, stores))
  await stores.diskCache.put(name, Buffer.from(`${bytes}`))
  return bytes
}
