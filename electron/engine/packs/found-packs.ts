import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openPack, parsePack } from '../../../models/importing/open-pack.ts'
import { PackError, type PackProblem } from '../../../models/importing/pack-error.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { verifyPack } from '../../../models/importing/verify-pack.ts'
import { EngineError } from '../../api/errors.ts'
import { describePackProblem } from '../../api/pack-problems.ts'
import type { PackVerification } from '../../api/packs.ts'
import { FILE_PROBLEMS, PACK_ERRORS } from '../../api/strings/jobs.ts'
import { listFolders } from '../storage/list-folders.ts'

/** A pack as it lies in a folder. */
export interface InstalledPack {
  readonly pack: Pack
  /** Absolute. */
  readonly folder: string
}

/** A pack that cannot be used: it goes by its folder's name. */
export interface BrokenPack {
  readonly folder: string
  readonly error: PackError
}

/** What was found in a subfolder of a pack folder. */
export type FoundPack = InstalledPack | BrokenPack

export async function findPacks(packFolders: readonly string[]): Promise<FoundPack[]> {
  const folders = (await Promise.all(packFolders.map(listSubfolders))).flat()
  return Promise.all(folders.map(tryToOpen))
}

async function listSubfolders(folder: string): Promise<string[]> {
  const names = await listFolders(folder)
  return names.filter((name) => !name.startsWith('.')).map((name) => path.join(folder, name)).sort()
}

async function tryToOpen(folder: string): Promise<FoundPack> {
  try {
    return { pack: await openPack(folder), folder }
  } catch (error) {
    if (error instanceof PackError) return { folder, error }
    throw error
  }
}

/** A pack with a missing or cut file has a description that can be read all the same, and each file is told. */
export async function verifyFound(found: FoundPack, id: string): Promise<PackVerification> {
  const describe = (problem: PackProblem | null) => (problem === null ? null : FILE_PROBLEMS[problem])
  try {
    const pack = parsePack(await readFile(path.join(found.folder, 'pack.json'), 'utf8').catch(() => ''))
    const checks = await verifyPack(pack, found.folder)
    const files = checks.map(({ path, problem }) => ({ path, isIntact: problem === null, problem: describe(problem) }))
    return { id, files }
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    return { id, files: [{ path: error.file ?? 'pack.json', isIntact: false, problem: describe(error.problem) }] }
  }
}

/** A pack's own problem as an error of the engine; anything else as it was thrown. */
export function toPackError(thrown: unknown, packId: string): unknown {
  if (!(thrown instanceof PackError)) return thrown
  const message = PACK_ERRORS.unusable(packId, describePackProblem(thrown))
  return new EngineError('pack-corrupt', message, { details: { packId, file: thrown.file }, cause: thrown })
}
