import { mkdir } from 'node:fs/promises'
import { EngineError, type EngineErrorCode } from '../../api/errors.ts'
import { DISK_ERRORS } from '../../api/strings/storage.ts'

const CODES: Record<string, Extract<EngineErrorCode, 'disk-full' | 'disk-read-only'>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'disk-read-only',
  EACCES: 'disk-read-only',
  EPERM: 'disk-read-only',
}

/** What a failed write to the data folder is to the user: `disk-full`, `disk-read-only`, or, unforeseen, as it was thrown. */
export function toDiskError(thrown: unknown): unknown {
  const code = CODES[errnoOf(thrown) ?? '']
  return code === undefined ? thrown : new EngineError(code, DISK_ERRORS[code], { cause: thrown })
}

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

/** The system's name of a file error, such as `ENOENT`. */
export function errnoOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
}

/** What was found, or `otherwise` where there is no such file. */
export async function unlessMissing<T, U>(found: Promise<T>, otherwise: U): Promise<T | U> {
  return found.catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return otherwise
    throw error
  })
}
