import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { EngineError } from '../api/errors.ts'
import type { PixelRect } from '../api/geometry.ts'
import type { ImageId, ImportedImage } from '../api/images.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { read, type EngineSession } from './engine-session.ts'

/** Throws EngineError `file-unreadable` and what opening a picture throws. */
export async function uploadPicture(session: EngineSession, file: string): Promise<ImportedImage> {
  const query = new URLSearchParams({ name: path.basename(file) })
  return read<ImportedImage>(session.fetch(`/api/images?${query}`, { method: 'POST', body: await readBytes(file) }))
}

/** A grey picture of exactly the size of `bounds`, as a mask. Throws EngineError `mask-size-differs` where it is not. */
export async function uploadMask(session: EngineSession, file: string, bounds: PixelRect): Promise<ImageId> {
  const query = new URLSearchParams(Object.entries(bounds).map(([side, value]) => [side, String(value)]))
  const upload = session.fetch(`/api/masks?${query}`, { method: 'POST', body: await readBytes(file) })
  return (await read<{ imageId: ImageId }>(upload)).imageId
}

/** The same where an edit can do without one. */
export async function uploadOptionalMask(session: EngineSession, file: string | undefined, bounds: PixelRect): Promise<ImageId | null> {
  return file === undefined ? null : uploadMask(session, file, bounds)
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(file).catch((cause: unknown) => {
    throw new EngineError('file-unreadable', STRINGS.unreadable(file), { cause })
  }) as Promise<Uint8Array<ArrayBuffer>>
}
