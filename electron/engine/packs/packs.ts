import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { familyOf } from '../../../models/families/families.ts'
import { openPack, parsePack } from '../../../models/importing/open-pack.ts'
import { PackError, type PackProblem } from '../../../models/importing/pack-error.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { verifyPack } from '../../../models/importing/verify-pack.ts'
import type { PromptReader } from '../../../models/runtime/text-encoder.ts'
import type { EditKind } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import type { PackSummary, PackVerification, PromptCheck } from '../../api/packs.ts'
import { EDIT_NAMES, FILE_PROBLEMS, PACK_ERRORS } from '../../api/strings/jobs.ts'
import { errnoOf } from '../storage/disk-errors.ts'
import { cellGeometryOf, lastStage } from '../edits/pack-geometry.ts'

/** A pack as it lies in a folder. */
export interface InstalledPack {
  readonly pack: Pack
  /** Absolute. */
  readonly folder: string
}

/** The packs in the pack folders. They are looked for anew each time, so a pack that was copied there is found. */
export interface PackLibrary {
  /** Only those that can be used. */
  list(): Promise<InstalledPack[]>
  /** @param packId  null = the one chosen in the settings, else the first. Throws `pack-not-installed` or `pack-corrupt`. */
  find(packId: string | null): Promise<InstalledPack>
  /** As `find`; throws `pack-cannot-edit`, saying which pack can. */
  findFor(kind: EditKind, packId: string | null): Promise<InstalledPack>
  summarize(): Promise<PackSummary[]>
  /** Reads every file and compares it with what `pack.json` says. */
  verify(packId: string): Promise<PackVerification>
  checkPrompt(packId: string, prompt: string): Promise<PromptCheck>
}

/** What was found in a subfolder of a pack folder. A pack that cannot be used goes by its folder's name. */
type FoundPack = InstalledPack | { readonly folder: string; readonly error: PackError }

/** @param getChosenId  the pack chosen in the settings. */
export function createPackLibrary(packFolders: readonly string[], getChosenId: () => string | null): PackLibrary {
  const readers = new Map<string, Promise<PromptReader>>()

  const findAll = async (): Promise<FoundPack[]> => {
    const folders = (await Promise.all(packFolders.map(listSubfolders))).flat()
    return Promise.all(folders.map(tryToOpen))
  }

  const list = async () => {
    const byId = new Map<string, InstalledPack>()
    for (const found of await findAll()) {
      if ('pack' in found && !byId.has(found.pack.id)) byId.set(found.pack.id, found)
    }
    return [...byId.values()]
  }

  const find = async (packId: string | null) => {
    const installed = await list()
    const chosen = packId ?? getChosenId()
    const found = installed.find(({ pack }) => pack.id === chosen)
    if (found) return found
    const first = installed[0]
    if (packId === null && first) return first
    if (chosen === null) throw new EngineError('pack-not-installed', PACK_ERRORS.none)
    const broken = (await findAll()).find((other) => path.basename(other.folder) === chosen)
    if (broken && 'error' in broken) throw toEngineError(broken.error, chosen)
    throw new EngineError('pack-not-installed', PACK_ERRORS.notInstalled(chosen), { details: { packId: chosen } })
  }

  const readPrompts = ({ pack, folder }: InstalledPack) => {
    const key = `${folder} ${pack.version}`
    const reader = readers.get(key) ?? familyOf(pack).readPrompts(pack, folder)
    readers.set(key, reader)
    reader.catch(() => readers.delete(key))
    return reader
  }

  return {
    list,
    find,
    async findFor(kind, packId) {
      const found = await find(packId)
      if (found.pack.edits.includes(kind)) return found
      const others = (await list()).filter(({ pack }) => pack.edits.includes(kind)).map(({ pack }) => pack.name)
      throw new EngineError('pack-cannot-edit', PACK_ERRORS.cannotEdit(found.pack.name, EDIT_NAMES[kind], others.join(', ')))
    },
    summarize: async () => (await list()).map(({ pack }) => summarizePack(pack)),
    async verify(packId) {
      const found = await findAll()
      const match =
        found.find((other) => 'pack' in other && other.pack.id === packId) ??
        found.find(({ folder }) => path.basename(folder) === packId)
      if (!match) throw new EngineError('pack-not-installed', PACK_ERRORS.notInstalled(packId), { details: { packId } })
      return verifyFound(match, packId)
    },
    async checkPrompt(packId, prompt) {
      try {
        const { cutAt, unknownWords } = (await readPrompts(await find(packId))).read(prompt)
        return { cutAt, unknownWords: unknownWords.map((word) => ({ ...word, nearest: [...word.nearest] })) }
      } catch (error) {
        throw toEngineError(error, packId)
      }
    },
  }
}

async function listSubfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name)).sort()
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
async function verifyFound(found: FoundPack, id: string): Promise<PackVerification> {
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

function toEngineError(thrown: unknown, packId: string): unknown {
  if (!(thrown instanceof PackError)) return thrown
  const message =
    thrown.file === null
      ? PACK_ERRORS.corrupt(packId)
      : PACK_ERRORS.damagedFile(packId, `${thrown.file} ${FILE_PROBLEMS[thrown.problem]}`)
  return new EngineError('pack-corrupt', message, { details: { packId, file: thrown.file }, cause: thrown })
}

function summarizePack(pack: Pack): PackSummary {
  const { id, name, version, description, licence, attribution, files, edits, defaults, examplePrompts } = pack
  return {
    id, name, version, description, licence, attribution, edits, examplePrompts,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    ...cellGeometryOf(pack),
    hasFixedGrid: lastStage(pack).grids.kind === 'fixed',
    defaultSize: { width: defaults.width, height: defaults.height },
    defaultGuidanceScale: defaults.guidanceScale,
    defaultSteps: defaults.steps,
  }
}
