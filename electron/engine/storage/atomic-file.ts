import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'

/**
 * Writes a file so that it is there whole or not at all, also after a power cut: to a temporary file beside it, synced,
 * renamed. Throws the file system's own error; then the temporary file is gone and an older file is as it was.
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array | string | readonly Uint8Array[]): Promise<void> {
  const temporary = `${path}.${randomUUID()}${TEMPORARY_SUFFIX}`
  try {
    const file = await open(temporary, 'wx')
    try {
      // From where the piece before ended.
      for (const piece of typeof bytes === 'string' || bytes instanceof Uint8Array ? [bytes] : bytes) await file.writeFile(piece)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
}

/** Ends the name of a file that is being written; one that is found at start was left by a crash. */
export const TEMPORARY_SUFFIX = '.part'

export type WriteFile = typeof writeFileAtomically
