import { toDiskError } from '../../api/disk-problems.ts'
import { EngineError } from '../../api/errors.ts'
import { UNWRITABLE_PLACE } from '../../api/strings/storage.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import type { FileRegistry } from '../file-registry.ts'

export interface ExportedFile {
  /** The file's bytes, one after another. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[]
  readonly mediaType: string
}

/**
 * Answers with a file's bytes, or writes them to the place the user chose and answers its name. A write that fails leaves
 * what was there before. Throws EngineError `not-found`, `file-unwritable`, `disk-full`.
 */
export async function writeExport(
  { pieces, mediaType }: ExportedFile,
  fileId: string | null,
  files: FileRegistry,
): Promise<Response> {
  if (fileId === null) {
    const byteCount = pieces.reduce((sum, { length }) => sum + length, 0)
    return new Response(streamPieces(pieces), { headers: { 'content-type': mediaType, 'content-length': String(byteCount) } })
  }
  try {
    await writeFileAtomically(files.pathOf(fileId, 'save'), pieces)
  } catch (thrown) {
    throw toExportError(thrown)
  }
  return Response.json({ name: files.nameOf(fileId) })
}

/** A Response that is given bytes copies them at once: 60 MB of PNG would hold up everything else. */
function streamPieces(pieces: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array> {
  const parts = cutPieces(pieces)
  return new ReadableStream({
    pull(controller) {
      const { done, value } = parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
}

function* cutPieces(pieces: readonly Uint8Array<ArrayBuffer>[]): Generator<Uint8Array<ArrayBuffer>, void> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += MAX_PART_BYTES) yield piece.subarray(at, at + MAX_PART_BYTES)
  }
}

const MAX_PART_BYTES = 1024 * 1024

/** Of the place the user chose, everything but a full disk is mended by choosing another. */
function toExportError(thrown: unknown): unknown {
  if (thrown instanceof EngineError) return thrown
  const error = toDiskError(thrown)
  if (error instanceof EngineError && error.code === 'disk-full') return error
  return new EngineError('file-unwritable', UNWRITABLE_PLACE, { cause: thrown })
}
