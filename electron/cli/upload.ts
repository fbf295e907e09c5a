import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { errnoOf } from '../api/disk-problems.ts'
import { EngineError } from '../api/errors.ts'
import type { PixelRect } from '../api/geometry.ts'
import type { ImageId, ImportedImage } from '../api/images.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { read, type EngineSession } from './engine-session.ts'

/** Throws EngineError `file-unreadable` and what opening a picture throws. */
export async function uploadPicture(session: EngineSession, file: string): Promise<ImportedImage> {
  const query = new URLSearchParams({ name: path.basename(file) })
  const upload = session.fetch(`/api/images?${query}`, { method: 'POST', body: await readBytes(file) })
  return naming(file, read<ImportedImage>(upload))
}

/** A grey picture of exactly the size of `bounds`, as a mask. Throws EngineError `mask-size-differs` where it is not. */
export async function uploadMask(session: EngineSession, file: string, bounds: PixelRect): Promise<ImageId> {
  const query = new URLSearchParams(Object.entries(bounds).map(([side, value]) => [side, String(value)]))
  const upload = session.fetch(`/api/masks?${query}`, { method: 'POST', body: await readBytes(file) })
  return (await naming(file, read<{ imageId: ImageId }>(upload))).imageId
}

/** The same where an edit can do without one. */
export async function uploadOptionalMask(session: EngineSession, file: string | undefined, bounds: PixelRect): Promise<ImageId | null> {
  return file === undefined ? null : uploadMask(session, file, bounds)
}

/** A command takes several files: which one is refused? */
function naming<Answer>(file: string, answer: Promise<Answer>): Promise<Answer> {
  return answer.catch((thrown: unknown) => {
    if (!(thrown instanceof EngineError)) throw thrown
    throw new EngineError(thrown.code, STRINGS.aboutFile(file, thrown.message), { details: thrown.details, cause: thrown.cause })
  })
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(file).catch((cause: unknown) => {
    const message = errnoOf(cause) === 'ENOENT' ? STRINGS.noFile(file) : STRINGS.unreadable(file)
    throw new EngineError('file-unreadable', message, { cause })
  }) as Promise<Uint8Array<ArrayBuffer>>
}
