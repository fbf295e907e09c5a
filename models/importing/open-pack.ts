import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { PackError } from './pack-error.ts'
import { packSchema, type Pack } from './pack.ts'

const DESCRIPTION_FILE = 'pack.json'

type PackFile = Pack['files'][number]

/**
 * Reads a pack's description and checks that every file it names is there: plain, not reached through a link, of the
 * size it should have. Hashes are verifyPack's, since they take a second per GiB.
 *
 * @param folder  absolute path.
 * @throws {PackError}
 */
export async function openPack(folder: string): Promise<Pack> {
  const pack = parsePack(await readDescription(folder))
  for (const file of pack.files) await checkFile(folder, file)
  return pack
}

/** @throws {PackError} 'description-invalid' */
export function parsePack(json: string): Pack {
  const parsed = packSchema.safeParse(parseJson(json))
  if (!parsed.success) {
    throw new PackError('description-invalid', DESCRIPTION_FILE, z.prettifyError(parsed.error), { cause: parsed.error })
  }
  return parsed.data
}

/** The absolute path of one of a pack's files. `name` has passed the schema: plain and relative. */
export function packFilePath(folder: string, name: string): string {
  return path.join(folder, ...name.split('/'))
}

/** Reads one of a pack's small files as UTF-8. @throws {PackError} 'file-missing' */
export async function readPackText(folder: string, name: string): Promise<string> {
  return readFile(packFilePath(folder, name), 'utf8').catch((cause: unknown) => {
    throw new PackError('file-missing', name, 'cannot be read', { cause })
  })
}

/** @throws {PackError} when the file is absent, reached through a link, not a plain file or of another size. */
export async function checkFile(folder: string, { path: name, bytes }: PackFile): Promise<void> {
  const parts = name.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const found = await lstat(path.join(folder, ...parts.slice(0, depth))).catch((cause: unknown) => {
      throw new PackError('file-missing', name, 'cannot be opened', { cause })
    })
    const isLast = depth === parts.length
    if (isLast ? !found.isFile() : !found.isDirectory()) {
      throw new PackError('file-not-plain', name, 'a link, or not a plain file in plain folders')
    }
    if (isLast && found.size !== bytes) {
      throw new PackError('file-size-differs', name, `${found.size} bytes instead of ${bytes}`)
    }
  }
}

async function readDescription(folder: string): Promise<string> {
  const file = path.join(folder, DESCRIPTION_FILE)
  const found = await lstat(file).catch((cause: unknown) => {
    throw new PackError('missing', DESCRIPTION_FILE, folder, { cause })
  })
  if (!found.isFile()) throw new PackError('file-not-plain', DESCRIPTION_FILE, 'a link, or not a plain file')
  return readFile(file, 'utf8')
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new PackError('description-invalid', DESCRIPTION_FILE, 'not JSON', { cause })
  }
}
