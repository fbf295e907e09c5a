import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { uptime } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { errnoOf } from '../../api/disk-problems.ts'
import { EngineError } from '../../api/errors.ts'
import { DATA_FOLDER_IN_USE } from '../../api/strings/storage.ts'
import { unlessMissing, writing } from './disk-errors.ts'

/** What the lock file says of the engine that holds it. */
const holderSchema = z.object({ pid: z.number().int().positive(), takenAt: z.iso.datetime() })

/** Locks this process holds: its own pid in a lock file that is not among them was left by an earlier process. */
const heldHere = new Set<string>()

/** A program that was just killed may still be ending: it is asked again this long before it counts as running. */
const ENDING_GRACE_MS = 1500
const ASK_AGAIN_MS = 100

/** Two readings of the boot time differ by clock adjustments; a lock is from before the boot only beyond this. */
const BOOT_TIME_TOLERANCE_MS = 60_000

/**
 * Takes a data folder for this process. A lock whose process has ended is taken over.
 *
 * @param inUseMessage  what is said where another holds it.
 * @returns what gives it free.
 * @throws EngineError `data-folder-in-use`, `disk-full`, `disk-read-only`
 */
export async function lockDataFolder(path: string, inUseMessage = DATA_FOLDER_IN_USE): Promise<() => Promise<void>> {
  if (heldHere.has(path)) throw inUse(process.pid, inUseMessage)
  heldHere.add(path)
  try {
    await writing(() => createLock(path))
  } catch (error) {
    heldHere.delete(path)
    const isHeld = error instanceof EngineError && error.code === 'data-folder-in-use'
    throw isHeld ? new EngineError(error.code, inUseMessage, { details: error.details }) : error
  }
  return async () => {
    await rm(path, { force: true })
    heldHere.delete(path)
  }
}

async function createLock(path: string): Promise<void> {
  const content = JSON.stringify({ pid: process.pid, takenAt: new Date().toISOString() })
  const deadlineMs = Date.now() + ENDING_GRACE_MS
  for (;;) {
    const file = await open(path, 'wx').catch((error: unknown) => {
      if (errnoOf(error) === 'EEXIST') return undefined
      throw error
    })
    if (file !== undefined) {
      await file.writeFile(content).finally(() => file.close())
      return
    }
    try {
      await removeStale(path)
    } catch (error) {
      if (!(error instanceof EngineError) || Date.now() > deadlineMs) throw error
      await delay(ASK_AGAIN_MS)
    }
  }
}

/** Whether a process that lives, this one or another, has taken the lock. */
export async function isLocked(path: string): Promise<boolean> {
  if (heldHere.has(path)) return true
  const found = await unlessMissing(readFile(path, 'utf8'), undefined)
  const holder = found === undefined ? undefined : parseHolder(found)
  return holder === undefined ? isJustWritten(path) : isAlive(holder)
}

/** Throws `data-folder-in-use` where the holder lives. */
async function removeStale(path: string): Promise<void> {
  const found = await unlessMissing(readFile(path, 'utf8'), undefined)
  if (found === undefined) return
  const holder = parseHolder(found)
  if (holder !== undefined && isAlive(holder)) throw inUse(holder.pid)
  if (holder === undefined && (await isJustWritten(path))) throw inUse(undefined)
  // Moved aside rather than deleted: of two who found it stale, only one may take it, and only what was found stale.
  const aside = `${path}.${randomUUID()}`
  if (!(await unlessMissing(rename(path, aside).then(() => true), false))) return
  if ((await readFile(aside, 'utf8')) !== found) {
    await rename(aside, path)
    throw inUse(undefined)
  }
  await rm(aside)
}

function parseHolder(content: string): z.infer<typeof holderSchema> | undefined {
  try {
    return holderSchema.parse(JSON.parse(content))
  } catch {
    return undefined // Torn by a crash, or another engine is just writing it.
  }
}

async function isJustWritten(path: string): Promise<boolean> {
  const modified = await unlessMissing(stat(path), undefined)
  return modified !== undefined && Date.now() - modified.mtimeMs < 2000
}

function isAlive({ pid, takenAt }: z.infer<typeof holderSchema>): boolean {
  if (pid === process.pid) return false
  const bootedAtMs = Date.now() - uptime() * 1000
  if (Date.parse(takenAt) < bootedAtMs - BOOT_TIME_TOLERANCE_MS) return false
  try {
    process.kill(pid, 0) // Signal 0 only asks.
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}

function inUse(pid: number | undefined, message = DATA_FOLDER_IN_USE): EngineError {
  return new EngineError('data-folder-in-use', message, { details: pid === undefined ? {} : { pid } })
}
