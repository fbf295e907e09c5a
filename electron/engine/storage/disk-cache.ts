import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { createGate } from '../pacing/concurrency.ts'
import { decodeBlob, encodeBlob } from './blob-encoding.ts'

/** Bytes that can be made again, by name. Never fails: what cannot be kept is made again. */
export interface DiskCache {
  get(name: string): Promise<Uint8Array | undefined>
  put(name: string, bytes: Uint8Array): Promise<void>
  /** Deletes what was not asked for longest, until the rest fits the budget. To be called before the first `put`. */
  trim(): Promise<void>
}

export function createDiskCache(folder: string, budgetBytes: number): DiskCache {
  // Nobody waits for what is written here: one after another leaves the cores to those who wait for what is shown.
  const passGate = createGate(1)
  const pathOf = (name: string) => join(folder, name.slice(0, 2), name.slice(2))
  return {
    async get(name) {
      try {
        const bytes = await decodeBlob(await readFile(pathOf(name)))
        const now = new Date()
        await utimes(pathOf(name), now, now)
        return bytes
      } catch {
        return undefined
      }
    },
    put: (name, bytes) => passGate(() => write(pathOf(name), bytes)),
    async trim() {
      const files = await listFiles(folder).catch(() => [])
      let bytes = 0
      for (const file of files.sort((a, b) => b.usedMs - a.usedMs)) {
        bytes += file.bytes
        if (bytes > budgetBytes) await rm(file.path, { force: true }).catch(() => {})
      }
    },
  }
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  // Renamed into place, but not synced: after a power cut a damaged one is made again.
  const temporary = `${path}.${randomUUID()}`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, await encodeBlob(bytes))
    await rename(temporary, path)
  } catch {
    await rm(temporary, { force: true }).catch(() => {})
  }
}

async function listFiles(folder: string): Promise<{ path: string; bytes: number; usedMs: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const found = []
  for (const path of files) {
    const { size, mtimeMs } = await stat(path)
    found.push({ path, bytes: size, usedMs: mtimeMs })
  }
  return found
}
