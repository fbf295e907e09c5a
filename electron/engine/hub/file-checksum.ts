import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { WantedFile } from '../installs/install-record.ts'

/** Large enough to read quickly, and hashed in a millisecond. */
const READ_BYTES = 2 ** 20

/** Whether a file's bytes are what the Hub says. A git blob id is the SHA-1 of the file behind a line with its size. */
export async function matchesChecksum(file: string, { bytes, checksum }: WantedFile, signal: AbortSignal): Promise<boolean> {
  if ((await stat(file)).size !== bytes) return false
  const hash = checksum.kind === 'sha256' ? createHash('sha256') : createHash('sha1').update(`blob ${bytes}\0`)
  await pipeline(createReadStream(file, { highWaterMark: READ_BYTES }), hash, { signal })
  return hash.digest('hex') === checksum.hex
}
