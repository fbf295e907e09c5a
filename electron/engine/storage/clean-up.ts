import type { BlobStore } from './blob-store.ts'
import { addReferences, type References, type ReferenceStores } from './references.ts'

/**
 * How long a blob that nothing refers to is left alone: a client uploads tiles first and names them in a log or a job
 * seconds later.
 */
const GRACE_MS = 10 * 60_000
/** After a delete, or when something was in flight. */
const RETRY_MS = 5_000

/** Deletes blobs that no document refers to any more. */
export interface CleanUp {
  /** Does it soon, once nothing is in flight. */
  schedule(): void
  /** Does it now. @returns how many blobs were deleted, or undefined when something is in flight. */
  run(): Promise<number | undefined>
  dispose(): Promise<void>
}

export interface CleanUpOptions extends ReferenceStores {
  /** Where the files lie that name blobs. */
  readonly referringFolders: readonly string[]
  /** Whether a job or an upload is in flight, or a window has yet to write what names a blob. */
  readonly isBusy: () => boolean
  readonly graceMs?: number
}

export function createCleanUp(options: CleanUpOptions): CleanUp {
  const { graceMs = GRACE_MS } = options
  let timer: NodeJS.Timeout | undefined
  let running: Promise<number | undefined> = Promise.resolve(undefined)
  let isDisposed = false

  const scheduleIn = (delayMs: number) => {
    if (isDisposed) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      // A file that cannot be read now may be read at the next start; until then nothing is deleted.
      run().catch((error: unknown) => console.error(error))
    }, delayMs).unref()
  }

  const sweep = async (): Promise<number | undefined> => {
    if (options.isBusy()) {
      scheduleIn(RETRY_MS)
      return undefined
    }
    const since = new Date(Date.now() - graceMs)
    const kept: References = { images: new Set(), blobs: new Set() }
    for (const folder of options.referringFolders) await addReferences(folder, kept, options)
    let deletedCount = 0
    let youngCount = 0
    const stores: [BlobStore, ReadonlySet<string>][] = [
      [options.imageBlobs, kept.images],
      [options.blobs, kept.blobs],
    ]
    for (const [store, keptNames] of stores) {
      for await (const name of store.names()) {
        if (isDisposed || options.isBusy()) {
          scheduleIn(RETRY_MS)
          return deletedCount
        }
        if (keptNames.has(name)) continue
        if (await store.removeUnclaimed(name, since)) deletedCount++
        else youngCount++
      }
    }
    if (youngCount > 0) scheduleIn(graceMs)
    return deletedCount
  }

  const run = () => {
    running = running.then(sweep, sweep)
    return running
  }

  return {
    schedule: () => scheduleIn(RETRY_MS),
    run,
    async dispose() {
      isDisposed = true
      clearTimeout(timer)
      await running.catch(() => {})
    },
  }
}
