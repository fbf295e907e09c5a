import { promisify } from 'node:util'
import { deflate, inflate } from 'node:zlib'
import { EngineError } from '../../api/errors.ts'
import { DAMAGED_BLOB } from '../../api/strings/storage.ts'

const deflateAsync = promisify(deflate)
const inflateAsync = promisify(inflate)

/** First byte of a blob's file: how the rest of it holds the bytes. */
const STORED = 0
const DEFLATED = 1
/** Deflated after each byte was replaced by its difference from the one DIFFERENCE_STRIDE before. */
const DIFFERENCED = 2

/**
 * Four bytes are a pixel of `rgba8`, half a pixel of `rgba16`, and harmless for masks. Differences of neighbouring pixels
 * deflate faster and smaller: a photo of 96 MB took 0.64 s and 38 %, plain 0.87 s and 60 % (zlib level 1, 2 cores).
 */
const DIFFERENCE_STRIDE = 4

/** Below this a blob is no tile but text or tokens, where differences do harm. */
const MIN_DIFFERENCED_BYTES = 64 * 1024

/** Deflating must save at least a tenth to be worth the inflating. */
const WORTHWHILE_SHARE = 0.9

/** The bytes of a blob as its file holds them, deflated where that pays. */
export async function encodeBlob(bytes: Uint8Array): Promise<Uint8Array> {
  const isDifferenced = bytes.length >= MIN_DIFFERENCED_BYTES
  const deflated = await deflateAsync(isDifferenced ? takeDifferences(bytes) : bytes, { level: 1, memLevel: 9 })
  if (deflated.length > bytes.length * WORTHWHILE_SHARE) return withTag(STORED, bytes)
  return withTag(isDifferenced ? DIFFERENCED : DEFLATED, deflated)
}

/** Reverses `encodeBlob`. Throws EngineError `file-unreadable` for a file that is damaged. */
export async function decodeBlob(file: Uint8Array): Promise<Uint8Array> {
  const rest = file.subarray(1)
  if (file[0] === STORED) return rest
  if (file[0] !== DEFLATED && file[0] !== DIFFERENCED) throw new EngineError('file-unreadable', DAMAGED_BLOB)
  const bytes = await inflateAsync(rest).catch((cause: unknown) => {
    throw new EngineError('file-unreadable', DAMAGED_BLOB, { cause })
  })
  if (file[0] === DIFFERENCED) addDifferences(bytes)
  return bytes
}

function withTag(tag: number, bytes: Uint8Array): Uint8Array {
  const file = new Uint8Array(1 + bytes.length)
  file[0] = tag
  file.set(bytes, 1)
  return file
}

function takeDifferences(bytes: Uint8Array): Uint8Array {
  const differences = new Uint8Array(bytes)
  for (let i = bytes.length - 1; i >= DIFFERENCE_STRIDE; i--) {
    differences[i] = bytes[i]! - bytes[i - DIFFERENCE_STRIDE]!
  }
  return differences
}

/** In place. */
function addDifferences(bytes: Uint8Array): void {
  for (let i = DIFFERENCE_STRIDE; i < bytes.length; i++) bytes[i]! += bytes[i - DIFFERENCE_STRIDE]!
}
