import path from 'node:path'
import type { EditKind } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_NAMES, PACK_ERRORS } from '../../api/strings/jobs.ts'
import { listEdits } from '../edits/edits.ts'
import { findPacks, toPackError, type BrokenPack, type FoundPack, type InstalledPack } from './found-packs.ts'

/** The packs in the pack folders. They are looked for anew each time, so a pack that was copied there is found. */
export interface PackShelf {
  /**
   * Only those that can be used; those that came with the program first, as the first one is used until the user chooses,
   * and adding a model is no choice.
   */
  list(): Promise<InstalledPack[]>
  /** Those that cannot be used, unless one that can goes by the same name. */
  listBroken(): Promise<BrokenPack[]>
  /** @param packId  null = the one chosen in the settings, else the first that can be used. Throws `pack-not-installed` or `pack-corrupt`. */
  find(packId: string | null): Promise<InstalledPack>
  /** As `find`; throws `pack-cannot-edit`, saying which pack can. */
  findFor(kind: EditKind, packId: string | null): Promise<InstalledPack>
  /** Also one that cannot be used, by its folder's name. Throws `pack-not-installed`. */
  locate(packId: string): Promise<FoundPack>
}

/**
 * @param packFolders  absolute; models are added to the first one.
 * @param getChosenId  the pack chosen in the settings.
 */
export function createPackShelf(packFolders: readonly string[], getChosenId: () => string | null): PackShelf {
  const findAll = () => findPacks(packFolders)
  const isAdded = ({ folder }: FoundPack) => path.dirname(folder) === packFolders[0]

  const list = async () => {
    const byId = new Map<string, InstalledPack>()
    for (const found of await findAll()) {
      if ('pack' in found && !byId.has(found.pack.id)) byId.set(found.pack.id, found)
    }
    return [...byId.values()].toSorted((a, b) => Number(isAdded(a)) - Number(isAdded(b)))
  }

  const listBroken = async () => {
    const found = await findAll()
    const usableIds = new Set(found.flatMap((other) => ('pack' in other ? [other.pack.id] : [])))
    return found.filter((other) => 'error' in other).filter(({ folder }) => !usableIds.has(path.basename(folder)))
  }

  const find = async (packId: string | null) => {
    const installed = await list()
    const chosen = packId ?? getChosenId()
    const found = installed.find(({ pack }) => pack.id === chosen)
    if (found) return found
    const first = installed[0]
    if (packId === null && first) return first
    const broken = await listBroken()
    const asked = broken.find(({ folder }) => path.basename(folder) === chosen) ?? (packId === null ? broken[0] : undefined)
    if (asked) throw toPackError(asked.error, path.basename(asked.folder))
    if (chosen === null) throw new EngineError('pack-not-installed', PACK_ERRORS.none)
    throw new EngineError('pack-not-installed', PACK_ERRORS.notInstalled(chosen, nameIds(installed)), { details: { packId: chosen } })
  }

  return {
    list,
    listBroken,
    find,
    async findFor(kind, packId) {
      const found = await find(packId)
      if (listEdits(found.pack).includes(kind)) return found
      const others = (await list()).filter(({ pack }) => listEdits(pack).includes(kind)).map(({ pack }) => pack.name)
      throw new EngineError('pack-cannot-edit', PACK_ERRORS.cannotEdit(found.pack.name, EDIT_NAMES[kind], others.join(', ')))
    },
    async locate(packId) {
      const found = await findAll()
      const match =
        found.find((other) => 'pack' in other && other.pack.id === packId) ??
        found.find(({ folder }) => path.basename(folder) === packId)
      if (match) return match
      throw new EngineError('pack-not-installed', PACK_ERRORS.notInstalled(packId, nameIds(await list())), { details: { packId } })
    },
  }
}

function nameIds(installed: readonly InstalledPack[]): string {
  return installed.map(({ pack }) => pack.id).join(', ')
}
