import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { LRUCache } from 'lru-cache'
import { EngineError } from '../../api/errors.ts'
import type { BlobHash } from '../../api/images.ts'
import { DAMAGED_BLOB, UNKNOWN_BLOB } from '../../api/strings/storage.ts'
import { TEMPORARY_SUFFIX, writeFileAtomically, type WriteFile } from './atomic-file.ts'
import { decodeBlob, encodeBlob } from './blob-encoding.ts'
import { makeFolder, unlessMissing, writing } from './disk-errors.ts'
import { listFolders } from './list-folders.ts'
import { createTurns } from '../pacing/turns.ts'

/**
 * Bytes under the name of their SHA-256, one file each. A name once given stays readable until the clean-up finds that
 * nothing refers to it. Throws EngineError `disk-full` or `disk-read-only`, leaving nothing half written.
 */
export interface BlobStore {
  /**
   * Answers when the bytes are on disk. Storing what is there already only renews its age. They are kept for `get`: do not
   * write into them afterwards.
   */
  put(bytes: Uint8Array): Promise<BlobHash>
  /** The bytes are shared with a cache: do not write into them. Throws `not-found`. */
  get(hash: BlobHash): Promise<Uint8Array>
  /** Whether the store has it; renews its age, so that the clean-up leaves it for the one who asked. */
  claim(hash: BlobHash): Promise<boolean>
  /** Size of the blob's file, or undefined where there is none. */
  measure(hash: BlobHash): Promise<number | undefined>
  /** Every name in the store. */
  names(): AsyncIterable<BlobHash>
  /** Deletes a blob that nobody has put or claimed since. @returns whether it was deleted. */
  removeUnclaimed(hash: BlobHash, since: Date): Promise<boolean>
  /** Deletes what a crash left half written. To be called before the first `put`. */
  removeTemporaryFiles(): Promise<void>
}

export interface BlobStoreOptions {
  readonly folder: string
  /** Budget for blobs kept in memory, inflated. */
  readonly cacheBytes: number
  /** The one door to the disk for writing, so that a test can fill the disk. */
  readonly writeFile?: WriteFile
}

/** Whatever is called otherwise is half written, or another program's. */
const BLOB_NAME = /^[0-9a-f]{64}$/

export function createBlobStore({ folder, cacheBytes, writeFile = writeFileAtomically }: BlobStoreOptions): BlobStore {
  const cache = new LRUCache<BlobHash, Uint8Array>({ maxSize: cacheBytes, sizeCalculation: (bytes) => bytes.length || 1 })
  /** Reads under way, so that two who ask for one blob read it once. */
  const reads = new Map<BlobHash, Promise<Uint8Array>>()
  /** By name, so that a blob is not deleted under the one who claims it. */
  const takeTurns = createTurns()
  const makeFolderOnce = rememberMadeFolders()
  const pathOf = (hash: BlobHash) => join(folder, hash.slice(0, 2), hash.slice(2))

  const claim = async (hash: BlobHash): Promise<boolean> => {
    const now = new Date()
    return unlessMissing(utimes(pathOf(hash), now, now).then(() => true), false)
  }

  const read = async (hash: BlobHash): Promise<Uint8Array> => {
    const file = await unlessMissing(readFile(pathOf(hash)), undefined)
    if (file === undefined) throw new EngineError('not-found', UNKNOWN_BLOB, { details: { missing: [hash] } })
    const bytes = await decodeBlob(file)
    if (hashBytes(bytes) !== hash) throw new EngineError('file-unreadable', DAMAGED_BLOB, { details: { hash } })
    cache.set(hash, bytes)
    return bytes
  }

  return {
    async put(bytes) {
      const hash = hashBytes(bytes)
      await takeTurns(hash, () =>
        writing(async () => {
          if (await claim(hash)) return
          const file = await encodeBlob(bytes)
          await makeFolderOnce(join(folder, hash.slice(0, 2)))
          await writeFile(pathOf(hash), file)
        }),
      )
      cache.set(hash, bytes)
      return hash
    },
    async get(hash) {
      const cached = cache.get(hash)
      if (cached !== undefined) return cached
      const pending = reads.get(hash) ?? read(hash).finally(() => reads.delete(hash))
      reads.set(hash, pending)
      return pending
    },
    claim: (hash) => takeTurns(hash, () => writing(() => claim(hash))),
    measure: async (hash) => (await unlessMissing(stat(pathOf(hash)), undefined))?.size,
    async *names() {
      for await (const { name } of listFiles(folder)) if (BLOB_NAME.test(name)) yield name
    },
    removeUnclaimed: (hash, since) =>
      takeTurns(hash, async () => {
        const found = await unlessMissing(stat(pathOf(hash)), undefined)
        if (found === undefined || found.mtime >= since) return false
        await writing(() => rm(pathOf(hash)))
        cache.delete(hash)
        return true
      }),
    async removeTemporaryFiles() {
      for await (const { name, path } of listFiles(folder)) {
        if (name.endsWith(TEMPORARY_SUFFIX)) await rm(path, { force: true })
      }
    },
  }
}

/** Files by their names as blobs: a folder of the first two digits keeps folders small. */
async function* listFiles(folder: string): AsyncGenerator<{ name: string; path: string }> {
  for (const prefix of await listFolders(folder)) {
    for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
      if (entry.isFile()) yield { name: prefix + entry.name, path: join(folder, prefix, entry.name) }
    }
  }
}

function rememberMadeFolders(): (path: string) => Promise<void> {
  const made = new Set<string>()
  return async (path) => {
    if (made.has(path)) return
    await makeFolder(path)
    made.add(path)
  }
}

export function hashBytes(bytes: Uint8Array | string): BlobHash {
  return createHash('sha256').update(bytes).digest('hex')
}
