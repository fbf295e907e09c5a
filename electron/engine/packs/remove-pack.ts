import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { writing } from '../storage/disk-errors.ts'

/** Begins the name of a folder that is being deleted; one that is found at start was left by a crash. */
export const REMOVED_PREFIX = '.removed-'

/**
 * Deletes a pack's files.
 *
 * @param onGone  called when it is out of sight, which is at once: deleting gigabytes takes its time and may be interrupted.
 */
export async function removePack(folder: string, onGone: () => void): Promise<void> {
  const removed = path.join(path.dirname(folder), `${REMOVED_PREFIX}${randomUUID()}`)
  await writing(() => rename(folder, removed))
  onGone()
  await writing(() => rm(removed, { recursive: true }))
}
