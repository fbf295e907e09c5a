import path from 'node:path'
import { MODEL_CARD, withoutFrontMatter } from '../../../models/importing/model-card.ts'
import { readPackText } from '../../../models/importing/open-pack.ts'
import { listPrecisions, listWritablePrecisions, type PrecisionMachine } from '../../../models/importing/precisions.ts'
import type { ReducedPrecision } from '../../../models/onnx/reduced/reduced-formats.ts'
import { EngineError } from '../../api/errors.ts'
import type { PackCard, PackSummary, PackVerification, PromptCheck } from '../../api/packs.ts'
import { PACK_CHANGE_STRINGS, PACK_REMOVAL_STRINGS, PRECISION_STRINGS } from '../../api/strings/packs.ts'
import { toPackError, verifyFound, type FoundPack, type InstalledPack } from './found-packs.ts'
import type { PackChanges } from './pack-changes.ts'
import { createPackShelf, type PackShelf } from './pack-shelf.ts'
import { summarizeBroken, summarizePack } from './pack-summary.ts'
import type { PrecisionChoices } from './precision-choices.ts'
import { createPromptReaders } from './prompt-readers.ts'
import { readStyleThumbnail } from './style-thumbnail.ts'
import { removePack } from './remove-pack.ts'

/** What can be done with the packs in the pack folders, besides using them. */
export interface PackLibrary extends PackShelf {
  /** Those that can be used first. */
  summarize(): Promise<PackSummary[]>
  /** Reads every file and compares it with what `pack.json` says. */
  verify(packId: string): Promise<PackVerification>
  checkPrompt(packId: string, prompt: string): Promise<PromptCheck>
  readCard(packId: string): Promise<PackCard>
  /** A style's picture: the bytes of a WebP file. Throws `not-found` where the pack has no such style. */
  readStyleThumbnail(packId: string, index: number): Promise<Uint8Array<ArrayBuffer>>
  /** @param choice  `auto` or one of the pack's, which is written where it is not yet. Answers when it is on disk. */
  choosePrecision(packId: string, choice: string): Promise<PackSummary>
  /** Answers when the pack has the style. @param file  absolute. */
  addAdapter(packId: string, file: string, name: string): Promise<PackSummary>
  removeAdapter(packId: string, adapterId: string): Promise<PackSummary>
  /** Also one that is damaged, by its folder's name. Throws `pack-not-removable` for a pack that came with the program, `pack-in-use`. */
  remove(packId: string): Promise<void>
}

export interface PackLibraryOptions {
  /** Absolute. Only packs in the first one can be removed. */
  readonly packFolders: readonly string[]
  /** The pack chosen in the settings. */
  readonly getChosenId: () => string | null
  readonly precisions: PrecisionChoices
  readonly changes: PackChanges
  readonly machine: () => PrecisionMachine
  /** Called before a pack is removed. @returns false where it is in use. */
  readonly release: (installed: InstalledPack) => boolean
  /** A pack went. */
  readonly onChange: () => void
  /** A pack is to run in another precision. */
  readonly onPrecision: (installed: InstalledPack) => void
}

export function createPackLibrary(options: PackLibraryOptions): PackLibrary {
  const { packFolders, precisions } = options
  const shelf = createPackShelf(packFolders, options.getChosenId)
  const { list, find } = shelf
  const readPrompts = createPromptReaders()
  const isRemovable = ({ folder }: FoundPack) => path.dirname(folder) === packFolders[0]
  const summarize = (installed: InstalledPack) =>
    summarizePack(installed, {
      precisionChoice: precisions.get(installed.pack.id),
      machine: options.machine(),
      isRemovable: isRemovable(installed),
    })

  return {
    ...shelf,
    async summarize() {
      await precisions.refresh()
      const broken = await shelf.listBroken()
      return [
        ...(await Promise.all((await list()).map(summarize))),
        ...broken.map((found) => summarizeBroken(found, isRemovable(found))),
      ]
    },
    verify: async (packId) => verifyFound(await shelf.locate(packId), packId),
    async checkPrompt(packId, prompt) {
      try {
        const { cutAt, unknownWords, isFar } = (await readPrompts(await find(packId))).read(prompt)
        return { cutAt, unknownWords: unknownWords.map((word) => ({ ...word, nearest: [...word.nearest] })), isFar }
      } catch (error) {
        throw toPackError(error, packId)
      }
    },
    async readCard(packId) {
      const { pack, folder } = await find(packId)
      const hasCard = pack.files.some((file) => file.path === MODEL_CARD)
      return { licence: pack.licence, card: hasCard ? withoutFrontMatter(await readPackText(folder, MODEL_CARD)) : null }
    },
    readStyleThumbnail: async (packId, index) => readStyleThumbnail(await find(packId), index),
    ...createPackEditing(options, find, isRemovable, summarize),
    async remove(packId) {
      const found = await shelf.locate(packId)
      const name = 'pack' in found ? found.pack.name : packId
      if (!isRemovable(found)) throw new EngineError('pack-not-removable', PACK_REMOVAL_STRINGS.bundled(name))
      if ('pack' in found && !options.release(found)) throw new EngineError('pack-in-use', PACK_REMOVAL_STRINGS.inUse(name))
      await removePack(found.folder, options.onChange)
    },
  }
}

/** What changes an installed pack: in which precision it runs, and the styles it has. */
function createPackEditing(
  { precisions, changes, onPrecision }: PackLibraryOptions,
  find: PackShelf['find'],
  isRemovable: (found: FoundPack) => boolean,
  summarize: (installed: InstalledPack) => Promise<PackSummary>,
): Pick<PackLibrary, 'choosePrecision' | 'addAdapter' | 'removeAdapter'> {
  const findChangeable = async (packId: string) => {
    const installed = await find(packId)
    if (!isRemovable(installed)) throw new EngineError('pack-not-removable', PACK_CHANGE_STRINGS.bundled(installed.pack.name))
    return installed
  }

  return {
    async choosePrecision(packId, choice) {
      const installed = await find(packId)
      const { id, name } = installed.pack
      const isPresent = choice === 'auto' || listPrecisions(installed.pack).some(({ precision }) => precision === choice)
      if (!isPresent) {
        const writable = isRemovable(installed) ? listWritablePrecisions(installed.pack) : []
        const wanted = writable.find(({ precision }) => precision === choice)
        if (wanted === undefined) throw new EngineError('invalid-request', PRECISION_STRINGS.unknown(name, choice))
        await changes.extend(installed, { kind: 'add-precision', precision: wanted.precision as ReducedPrecision })
      }
      await precisions.put(id, choice)
      const chosen = await find(packId)
      onPrecision(chosen)
      return summarize(chosen)
    },
    async addAdapter(packId, file, name) {
      const installed = await findChangeable(packId)
      await changes.extend(installed, { kind: 'add-adapter', file, name })
      return summarize(await find(packId))
    },
    async removeAdapter(packId, adapterId) {
      await changes.removeAdapter(await findChangeable(packId), adapterId)
      return summarize(await find(packId))
    },
  }
}
