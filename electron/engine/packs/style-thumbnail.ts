import { readFile } from 'node:fs/promises'
import { packFilePath } from '../../../models/importing/open-pack.ts'
import { EngineError } from '../../api/errors.ts'
import { PACK_ERRORS } from '../../api/strings/jobs.ts'
import type { InstalledPack } from './found-packs.ts'

/** The bytes of a WebP file. Throws `not-found` where the pack has no such style. */
export async function readStyleThumbnail({ pack, folder }: InstalledPack, index: number): Promise<Uint8Array<ArrayBuffer>> {
  const style = pack.styles[index]
  if (style === undefined) throw new EngineError('not-found', PACK_ERRORS.noStyle(pack.name))
  return new Uint8Array(await readFile(packFilePath(folder, style.thumbnail)))
}
