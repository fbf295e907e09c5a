import type { BlobHash } from '../api/images.ts'

/**
 * Bytes under the name of their SHA-256, one file each. A name once given stays readable until the clean-up finds that
 * nothing refers to it. Throws EngineError `disk-full` or `disk-read-only`, leaving nothing half written.
 */
export interface BlobStore {
  /** Answers when the bytes are on disk. Storing what is there already only renews its age. */
  put(bytes: Uint8Array): Promise<BlobHash>
  /** The bytes are shared with a cache: do not write into them. Throws `not-found`. */
  get(hash: BlobHash): Promise<Uint8Array>
  /** Whether the store has it; renews its age, so that the clean-up leaves it for the one who asked. */
  claim(hash: BlobHash): Promise<boolean>
}
