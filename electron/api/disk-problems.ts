import { EngineError, type EngineErrorCode } from './errors.ts'
import { DISK_ERRORS } from './strings/storage.ts'

/** By the system's name of a file error. EFBIG is how a disk of the old kind refuses a file of more than 4 GB. */
const CODES: Record<string, Extract<EngineErrorCode, 'disk-full' | 'disk-read-only' | 'disk-lost'>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EROFS: 'disk-read-only',
  EACCES: 'disk-read-only',
  EPERM: 'disk-read-only',
  // A drive that was pulled out or is dying, a share that is gone.
  EIO: 'disk-lost',
  ENXIO: 'disk-lost',
  ENODEV: 'disk-lost',
  ESTALE: 'disk-lost',
  ENOTCONN: 'disk-lost',
  EHOSTDOWN: 'disk-lost',
}

/** What a failed write is to the user: `disk-full`, `disk-read-only`, `disk-lost`, or, unforeseen, as it was thrown. */
export function toDiskError(thrown: unknown): unknown {
  const code = CODES[errnoOf(thrown) ?? '']
  return code === undefined ? thrown : new EngineError(code, DISK_ERRORS[code], { cause: thrown })
}

/** The system's name of a file error, such as `ENOENT`. */
export function errnoOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
}
