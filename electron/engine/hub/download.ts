import { mkdir, open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EngineError } from '../../api/errors.ts'
import { HUB_ERRORS } from '../../api/strings/installs.ts'
import type { WantedFile } from '../installs/install-record.ts'
import { matchesChecksum } from './file-checksum.ts'
import type { HubClient } from './hub-client.ts'
import type { PartsLog } from './parts-log.ts'
import { TransientFailure, waitMs } from './transient-failure.ts'

/** What is lost when a connection breaks, and at a few requests a second still nothing beside the bytes themselves. */
export const PART_BYTES = 16 * 2 ** 20
/** One connection seldom fills a line; more than a few are impolite. */
const CONNECTION_COUNT = 4
/** After so many failures in a row with nothing received the network counts as lost. */
const OFFLINE_AFTER = 3

export interface Download {
  readonly hub: HubClient
  readonly repository: string
  readonly commit: string
  readonly files: readonly WantedFile[]
  /** Absolute. The files are laid out in it as in the repository. */
  readonly folder: string
  readonly log: PartsLog
  readonly signal: AbortSignal
  /** Called with what has arrived in all, and what of it was there before. */
  readonly onBytes: (receivedBytes: number) => void
  readonly onOffline: (isOffline: boolean) => void
}

interface Part {
  readonly file: WantedFile
  readonly index: number
}

/**
 * Fetches files in parts, several at a time, and checks the bytes of each. What arrived before is not fetched again. Goes on
 * through lost connections until it is done or aborted.
 *
 * @throws EngineError `download-damaged` where a file arrives wrong twice, and what the Hub refuses with.
 */
export async function downloadFiles(download: Download): Promise<void> {
  const { files, log } = download
  const failing = new AbortController()
  const state = new DownloadState({ ...download, signal: AbortSignal.any([download.signal, failing.signal]) })
  for (const file of files) {
    if (!log.isWhole(file.path)) await state.prepare(file)
  }
  const work = async () => {
    for (let part = state.next(); part !== undefined; part = state.next()) await state.fetchPart(part)
  }
  const workers = Array.from({ length: CONNECTION_COUNT }, work)
  try {
    await Promise.all(workers)
  } catch (thrown) {
    failing.abort(thrown)
    await Promise.allSettled(workers)
    throw thrown
  }
}

export function countParts({ bytes }: WantedFile): number {
  return Math.max(1, Math.ceil(bytes / PART_BYTES))
}

class DownloadState {
  readonly #download: Download
  readonly #waiting: Part[] = []
  readonly #missingCounts = new Map<string, number>()
  readonly #damaged = new Set<string>()
  #receivedBytes = 0
  #failureCount = 0

  constructor(download: Download) {
    this.#download = download
    for (const { path, bytes } of download.files) if (download.log.isWhole(path)) this.#receivedBytes += bytes
  }

  next(): Part | undefined {
    return this.#waiting.shift()
  }

  /** Makes room for a file and lists the parts that are missing. */
  async prepare(file: WantedFile): Promise<void> {
    const { log } = this.#download
    const target = this.#pathOf(file)
    await mkdir(path.dirname(target), { recursive: true })
    const handle = await open(target, 'a')
    await handle.truncate(file.bytes).finally(() => handle.close())
    const indexes = Array.from({ length: countParts(file) }, (_, index) => index)
    const missing = indexes.filter((index) => !log.hasPart(file.path, index))
    for (const index of indexes) if (!missing.includes(index)) this.#receivedBytes += sizeOf(file, index)
    this.#missingCounts.set(file.path, missing.length)
    this.#waiting.push(...missing.map((index) => ({ file, index })))
    this.#download.onBytes(this.#receivedBytes)
    if (missing.length === 0) await this.#finish(file)
  }

  /** Until it is there: what a broken connection has brought is kept. */
  async fetchPart({ file, index }: Part): Promise<void> {
    const { log } = this.#download
    const [start, end] = [index * PART_BYTES, index * PART_BYTES + sizeOf(file, index)]
    const handle = await open(this.#pathOf(file), 'r+')
    try {
      for (let position = start; position < end; ) position = await this.#receive(file, handle, position, end)
    } finally {
      await handle.close()
    }
    await log.notePart(file.path, index)
    const missingCount = this.#missingCounts.get(file.path)! - 1
    this.#missingCounts.set(file.path, missingCount)
    if (missingCount === 0) await this.#finish(file)
  }

  /** @returns how far it came. After a failure it has waited. */
  async #receive(file: WantedFile, handle: FileHandle, start: number, end: number): Promise<number> {
    const { hub, repository, commit, signal, onOffline } = this.#download
    let position = start
    try {
      for await (const bytes of hub.read({ repository, commit, ...file }, start, end, signal)) {
        for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
        position += bytes.length
        this.#count(bytes.length)
      }
    } catch (thrown) {
      if (!(thrown instanceof TransientFailure)) throw thrown
      this.#failureCount++
      if (this.#failureCount >= OFFLINE_AFTER) onOffline(true)
      await delay(waitMs(thrown, this.#failureCount), undefined, { signal })
    }
    return position
  }

  #count(bytes: number): void {
    this.#receivedBytes += bytes
    if (this.#failureCount > 0) this.#download.onOffline(false)
    this.#failureCount = 0
    this.#download.onBytes(this.#receivedBytes)
  }

  /** Checks a file all of whose parts are there. One that is wrong is fetched once more. */
  async #finish(file: WantedFile): Promise<void> {
    const { log, signal } = this.#download
    if (await matchesChecksum(this.#pathOf(file), file, signal)) return log.noteWhole(file.path)
    await log.forget(file.path)
    if (this.#damaged.has(file.path)) throw new EngineError('download-damaged', HUB_ERRORS.damaged(file.path))
    this.#damaged.add(file.path)
    this.#receivedBytes -= file.bytes
    await this.prepare(file)
  }

  #pathOf(file: WantedFile): string {
    return path.join(this.#download.folder, ...file.path.split('/'))
  }
}

function sizeOf({ bytes }: WantedFile, index: number): number {
  return Math.min(PART_BYTES, bytes - index * PART_BYTES)
}
