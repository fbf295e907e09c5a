import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openCheckpoint, readTextFile, type Checkpoint } from '../checkpoint/open-checkpoint.ts'
import type { Family } from '../families/family.ts'
import type { SessionLoader } from '../runtime/session.ts'
import type { ImportPlan } from './checkpoint-importer.ts'
import { MODEL_CARD, readCardFacts } from './model-card.ts'
import { packFilePath } from './open-pack.ts'
import { planImport } from './plan-import.ts'
import { listPrecisions } from './precisions.ts'
import { packSchema, type Pack } from './pack.ts'
import { checkLoadedPack } from './self-check.ts'
import { whileLoaded } from './while-loaded.ts'
import { writeReducedWeights } from './write-reduced-weights.ts'
import { shareFile, type SharedBy } from './share-file.ts'

export interface ImportOptions {
  /** Absolute. Never written to. */
  readonly checkpointFolder: string
  /** Absolute. The pack becomes a folder in it. */
  readonly packsFolder: string
  /** Absolute; must not exist. The pack is put together here, on the disk of `packsFolder`. */
  readonly draftFolder: string
  /** Whether the checkpoint is deleted afterwards, so that the pack shares its weights with nobody. */
  readonly isCheckpointDiscarded?: boolean
  /** Memory that models may take: decides which precision is written beside the full one. */
  readonly budgetBytes: number
  /** How the pack is called; null = after the checkpoint's folder. */
  readonly name: string | null
  readonly sessions: SessionLoader
  readonly onProgress?: (share: number, stage: ImportStage) => void
  readonly signal?: AbortSignal
}

export type ImportStage = 'reading' | 'sharing' | 'quantizing' | 'hashing' | 'checking'

export interface ImportedPack {
  readonly pack: Pack
  /** Absolute. */
  readonly folder: string
  /** How each weight file came into the pack: what is not copied uses no space of its own. */
  readonly weights: readonly { readonly path: string; readonly bytes: number; readonly sharedBy: SharedBy }[]
}

const COLORS_FILE = 'codebook-colors.f32'

/** What stands for a licence where the card says nothing of it. */
export const LICENCE_NOT_STATED = 'not stated'

/** The share of the whole at which each stage begins, from timings of a full-size import. */
const STAGE_STARTS: Readonly<Record<ImportStage, number>> = { reading: 0, sharing: 0.02, quantizing: 0.05, hashing: 0.3, checking: 0.6 }

/**
 * Makes a pack of published weights: writes the graphs, shares the weights, and runs every graph once.
 *
 * The pack is put together elsewhere and renamed when all is done: whatever goes wrong, and whenever the machine stops, no
 * half pack is ever found.
 *
 * @throws {CheckpointError} when the checkpoint cannot be imported, with the reason.
 * @throws {PackError} when a graph fails its check.
 * @throws the file system's own errors, and the signal's reason.
 */
export async function importCheckpoint(options: ImportOptions): Promise<ImportedPack> {
  const { checkpointFolder, draftFolder, packsFolder, name, budgetBytes, sessions, onProgress, signal } = options
  const report = (stage: ImportStage) => {
    signal?.throwIfAborted()
    onProgress?.(STAGE_STARTS[stage], stage)
  }
  report('reading')
  const checkpoint = await openCheckpoint(checkpointFolder)
  const { family, plan } = await planImport(checkpoint, budgetBytes)
  try {
    await mkdir(draftFolder, { recursive: true })
    report('sharing')
    await writeFiles(plan.writes, draftFolder)
    const weights = await shareWeights(plan.weights, draftFolder)
    report('quantizing')
    for (const { path: name, weights } of plan.reduced) await writeReducedWeights(packFilePath(draftFolder, name), weights, signal)
    const card = await copyModelCard(checkpoint, draftFolder)
    report('hashing')
    const names = [...plan.writes, ...plan.weights, ...plan.reduced, ...(card === null ? [] : [{ path: MODEL_CARD }])].map((file) => file.path)
    const files = await describeFiles(names, draftFolder, signal)
    const draft = packSchema.parse({
      ...plan.description,
      ...identify(checkpointFolder, name, card),
      files: options.isCheckpointDiscarded ? files : noteSharing(files, weights),
    })
    report('checking')
    const pack = await completePack(draft, draftFolder, { family, plan, sessions })
    signal?.throwIfAborted()
    return { ...await publish(pack, draftFolder, packsFolder), weights }
  } catch (thrown) {
    await rm(draftFolder, { recursive: true, force: true })
    throw thrown
  }
}

export async function writeFiles(writes: ImportPlan['writes'], folder: string): Promise<void> {
  for (const { path: name, data } of writes) {
    const file = packFilePath(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, data, { flag: 'wx' })
  }
}

async function shareWeights(weights: ImportPlan['weights'], folder: string): Promise<ImportedPack['weights']> {
  const shared = []
  for (const { path: name, source } of weights) {
    const file = packFilePath(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    const sharedBy = await shareFile(source, file)
    shared.push({ path: name, bytes: (await stat(file)).size, sharedBy })
  }
  return shared
}

/** @returns the card's text; null where the checkpoint has none. */
async function copyModelCard(checkpoint: Checkpoint, folder: string): Promise<string | null> {
  const card = await readTextFile(checkpoint.folder, 'README.md')
  if (card !== null) await writeFile(path.join(folder, MODEL_CARD), card, { flag: 'wx' })
  return card
}

function identify(checkpointFolder: string, name: string | null, card: string | null) {
  const found = name ?? nameOf(checkpointFolder)
  const id = found.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return {
    format: 1 as const,
    id: id === '' ? 'imported' : id,
    name: found,
    version: '1',
    licence: (card === null ? null : readCardFacts(card).licence) ?? LICENCE_NOT_STATED,
    attribution: '',
  }
}

/** How a pack is called where the user gives no name: the folder's name; for a snapshot in the Hub's cache (`models--owner--name/snapshots/<hash>`), the repository's. */
export function nameOf(checkpointFolder: string): string {
  const cached = /[\\/]models--([^\\/]+)--([^\\/]+)[\\/]snapshots[\\/][^\\/]+[\\/]?$/.exec(checkpointFolder)
  return cached?.[2] ?? path.basename(path.resolve(checkpointFolder))
}

function noteSharing(files: Pack['files'], weights: ImportedPack['weights']): Pack['files'] {
  return files.map((file) => {
    const sharedBy = weights.find((other) => other.path === file.path)?.sharedBy
    return sharedBy === undefined || sharedBy === 'copy' ? file : { ...file, sharedBy }
  })
}

export async function describeFiles(names: readonly string[], folder: string, signal: AbortSignal | undefined): Promise<Pack['files']> {
  const files = []
  for (const name of names) {
    const file = packFilePath(folder, name)
    const hash = createHash('sha256')
    await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash, ...(signal === undefined ? [] : [{ signal }]))
    files.push({ path: name, bytes: (await stat(file)).size, sha256: hash.digest('hex') })
  }
  return files
}

/** Runs the graphs, and adds what only they can tell. */
async function completePack(
  draft: Pack, folder: string, { family, plan, sessions }: { family: Family; plan: ImportPlan; sessions: SessionLoader },
): Promise<Pack> {
  const from = { pack: draft, folder, sessions, family }
  const colors = await whileLoaded(from, { precision: 'f32' }, async (loaded) => {
    await checkLoadedPack(loaded)
    return plan.findCodebookColors(loaded.stages.at(-1)!.tokenizer)
  })
  for (const { precision } of listPrecisions(draft).slice(1)) await whileLoaded(from, { precision }, checkLoadedPack)
  await writeFile(path.join(folder, COLORS_FILE), new Uint8Array(colors.buffer, colors.byteOffset, colors.byteLength), { flag: 'wx' })
  const stages = draft.stages.with(-1, { ...draft.stages.at(-1)!, codebookColors: COLORS_FILE })
  return packSchema.parse({ ...draft, stages, files: [...draft.files, ...await describeFiles([COLORS_FILE], folder, undefined)] })
}

/** Moves the finished pack to its place: `<id>`, or `<id>-2` … where packs of that name are installed already. */
async function publish(draft: Pack, draftFolder: string, packsFolder: string): Promise<{ pack: Pack; folder: string }> {
  for (let count = 1; ; count++) {
    const pack = count === 1 ? draft : { ...draft, id: `${draft.id}-${count}`, name: `${draft.name} (${count})` }
    const folder = path.join(packsFolder, pack.id)
    await writeFile(path.join(draftFolder, 'pack.json'), `${JSON.stringify(pack, null, 2)}\n`)
    try {
      // A folder cannot be renamed onto another that has something in it.
      await rename(draftFolder, folder)
      return { pack, folder }
    } catch (thrown) {
      if (!await exists(folder)) throw thrown
    }
  }
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false)
}
