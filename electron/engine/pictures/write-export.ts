import { EngineError } from '../../api/errors.ts'
import { UNWRITABLE_PLACE } from '../../api/strings/storage.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import { toDiskError } from '../storage/disk-errors.ts'
import type { FileRegistry } from '../file-registry.ts'

export interface ExportedFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mediaType: string
}

/**
 * Answers with a file's bytes, or writes them to the place the user chose and answers its name. A write that fails leaves
 * what was there before. Throws EngineError `not-found`, `file-unwritable`, `disk-full`.
 */
export async function writeExport(
  { bytes, mediaType }: ExportedFile,
  fileId: string | null,
  files: FileRegistry,
): Promise<Response> {
  if (fileId === null) {
    const headers = { 'content-type': mediaType, 'content-length': String(bytes.length) }
    return new Response(streamBytes(bytes), { headers })
  }
  try {
    await writeFileAtomically(files.pathOf(fileId, 'save'), bytes)
  } catch (thrown) {
    throw toExportError(thrown)
  }
  return Response.json({ name: files.nameOf(fileId) })
}

/** A Response that is given bytes copies them at once: 60 MB of PNG would hold up everything else. */
function streamBytes(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream({
    pull(controller) {
      if (sent === bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(sent, (sent = Math.min(sent + PIECE_BYTES, bytes.length))))
    },
  })
}

const PIECE_BYTES = 1024 * 1024

/** Of the place the user chose, everything but a full disk is mended by choosing another. */
function toExportError(thrown: unknown): unknown {
  if (thrown instanceof EngineError) return thrown
  const error = toDiskError(thrown)
  if (error instanceof EngineError && error.code === 'disk-full') return error
  return new EngineError('file-unwritable', UNWRITABLE_PLACE, { cause: thrown })
}
