import { EngineError } from '../api/errors.ts'
import { UNWRITABLE_PLACE } from '../api/strings/storage.ts'
import { writeFileAtomically } from './atomic-file.ts'
import { toDiskError } from './disk-errors.ts'
import type { FileRegistry } from './file-registry.ts'

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
  if (fileId === null) return new Response(bytes, { headers: { 'content-type': mediaType } })
  try {
    await writeFileAtomically(files.pathOf(fileId, 'save'), bytes)
  } catch (thrown) {
    throw toExportError(thrown)
  }
  return Response.json({ name: files.nameOf(fileId) })
}

/** Of the place the user chose, everything but a full disk is mended by choosing another. */
function toExportError(thrown: unknown): unknown {
  if (thrown instanceof EngineError) return thrown
  const error = toDiskError(thrown)
  if (error instanceof EngineError && error.code === 'disk-full') return error
  return new EngineError('file-unwritable', UNWRITABLE_PLACE, { cause: thrown })
}
