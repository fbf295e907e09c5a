import { mkdir } from 'node:fs/promises'
import { errnoOf, toDiskError } from '../../api/disk-problems.ts'
import { EngineError } from '../../api/errors.ts'
import { DISK_ERRORS } from '../../api/strings/storage.ts'

/** Runs a write to the data folder and names its failure. */
export async function writing<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw toDiskError(error)
  }
}

/** Makes a folder and those above it in the data folder. */
export function makeFolder(path: string): Promise<unknown> {
  return writing(() =>
    mkdir(path, { recursive: true }).catch((cause: unknown) => {
      // Node answers ENOENT, which cannot be, when a folder above may not be made.
      throw errnoOf(cause) === 'ENOENT' ? new EngineError('disk-read-only', DISK_ERRORS['disk-read-only'], { cause }) : cause
    }),
  )
}

/** What was found, or `otherwise` where there is no such file. */
export async function unlessMissing<T, U>(found: Promise<T>, otherwise: U): Promise<T | U> {
  return found.catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return otherwise
    throw error
  })
}
