import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ADAPTER_CONFIG, openAdapter } from '../checkpoint/adapter.ts'
import { CheckpointError } from '../checkpoint/checkpoint-error.ts'
import type { Checkpoint, CheckpointPart } from '../checkpoint/open-checkpoint.ts'
import { readSafetensorsHeader, type StoredTensor } from '../checkpoint/safetensors.ts'
import { familyOf } from '../families/families.ts'
import type { ReducedPrecision } from '../onnx/reduced/reduced-formats.ts'
import type { SessionLoader } from '../runtime/session.ts'
import type { CheckpointImporter, ExtensionPlan } from './checkpoint-importer.ts'
import { describeFiles, writeFiles, type ImportStage } from './import-checkpoint.ts'
import { openPack, packFilePath } from './open-pack.ts'
import { packSchema, type Pack, type PackAdapter } from './pack.ts'
import { checkLoadedPack } from './self-check.ts'
import { shareFile } from './share-file.ts'
import { whileLoaded } from './while-loaded.ts'
import { writeReducedWeights } from './write-reduced-weights.ts'

/** What is to be done to a pack that is installed. */
export type PackChange =
  | { readonly kind: 'add-precision'; readonly precision: ReducedPrecision }
  /** @property file  absolute; shared like a checkpoint's weights, never written to. */
  | { readonly kind: 'add-adapter'; readonly file: string; readonly name: string }

export interface ExtendOptions {
  /** Absolute. Of a pack that this program imported; nobody else changes it meanwhile. */
  readonly packFolder: string
  readonly change: PackChange
  readonly sessions: SessionLoader
  readonly onProgress?: (share: number, stage: ImportStage) => void
  readonly signal?: AbortSignal
}

/** The share of the whole at which each stage begins. */
const STAGE_STARTS = { reading: 0, sharing: 0.02, quantizing: 0.05, hashing: 0.5, checking: 0.7 } as const

/**
 * Adds a precision or a style to a pack: builds its graphs, tries them, and only then notes them in `pack.json`. What was
 * there stays as it was, and an attempt that ends early leaves nothing that counts.
 *
 * @throws {CheckpointError} where the pack keeps nothing to build from, or the style does not fit it.
 * @throws {PackError} where a new graph fails its check.
 * @throws the file system's own errors, and the signal's reason.
 */
export async function extendPack(options: ExtendOptions): Promise<Pack> {
  const { packFolder, change, sessions, signal } = options
  const report = (stage: keyof typeof STAGE_STARTS) => {
    signal?.throwIfAborted()
    options.onProgress?.(STAGE_STARTS[stage], stage)
  }
  report('reading')
  const pack = await openPack(packFolder)
  if (change.kind === 'add-precision' && pack.stages.every(({ variants }) => variants?.[change.precision] !== undefined)) return pack
  const planned = await planChange(pack, packFolder, change)
  const names = [...planned.plan.writes, ...planned.plan.reduced].map((file) => file.path)
  const written = [...names, ...(planned.share === null ? [] : [planned.share.path])]
  try {
    // Left by an attempt that was ended.
    for (const name of written) await rm(packFilePath(packFolder, name), { force: true })
    report('sharing')
    await writeFiles(planned.plan.writes, packFolder)
    if (planned.share !== null) await shareIn(packFolder, planned.share)
    report('quantizing')
    for (const { path: name, weights } of planned.plan.reduced) await writeReducedWeights(packFilePath(packFolder, name), weights, signal)
    report('hashing')
    const extended = packSchema.parse({ ...planned.pack, files: [...pack.files, ...await describeFiles(written, packFolder, signal)] })
    report('checking')
    await whileLoaded({ pack: extended, folder: packFolder, family: familyOf(pack), sessions }, planned.check, checkLoadedPack)
    signal?.throwIfAborted()
    await writeDescription(packFolder, extended)
    return extended
  } catch (thrown) {
    for (const name of written) await rm(packFilePath(packFolder, name), { force: true })
    throw thrown
  }
}

/** Takes a style out of a pack again. Nobody else changes the pack meanwhile. */
export async function removeAdapter(packFolder: string, adapterId: string): Promise<Pack> {
  const pack = await openPack(packFolder)
  const removed = pack.adapters.find(({ id }) => id === adapterId)
  if (removed === undefined) return pack
  const own = path.posix.dirname(removed.weights)
  const gone = new Set([...pack.files.map((file) => file.path).filter((name) => path.posix.dirname(name) === own), ...Object.values(removed.graphs)])
  const rest = packSchema.parse({
    ...pack,
    adapters: pack.adapters.filter((adapter) => adapter !== removed),
    files: pack.files.filter(({ path: name }) => !gone.has(name)),
    externalWeightBytes: Object.fromEntries(Object.entries(pack.externalWeightBytes ?? {}).filter(([name]) => !gone.has(name))),
  })
  await writeDescription(packFolder, rest)
  // What is still mapped somewhere cannot be deleted on Windows. It counts for nothing, and is deleted when it is in the way.
  for (const name of [...gone, own]) await rm(packFilePath(packFolder, name), { force: true, recursive: true }).catch(() => {})
  return rest
}

interface PlannedChange {
  readonly plan: ExtensionPlan
  /** As it will be, but for its new files. */
  readonly pack: Pack
  /** A file of the user's. */
  readonly share: { readonly source: string; readonly path: string } | null
  /** With what the new graphs are tried. */
  readonly check: Pick<SessionLoader, 'precision' | 'adapter'>
}

async function planChange(pack: Pack, folder: string, change: PackChange): Promise<PlannedChange> {
  const checkpoint = await openPackCheckpoint(pack, folder)
  const importer = familyOf(pack).importer
  if (importer === undefined) throw notExtensible(pack)
  return change.kind === 'add-precision'
    ? planPrecision(pack, folder, { checkpoint, importer }, change.precision)
    : planAdapter(pack, { checkpoint, importer }, change)
}

interface Source {
  readonly checkpoint: Checkpoint
  readonly importer: CheckpointImporter
}

async function planPrecision(pack: Pack, folder: string, { checkpoint, importer }: Source, precision: ReducedPrecision): Promise<PlannedChange> {
  const adapters = await Promise.all(pack.adapters.map(async ({ id, weights }) =>
    ({ id, path: weights, isNew: false, adapter: await openAdapter(packFilePath(folder, weights)) })))
  const plan = importer.planExtension(checkpoint, { precisions: [precision], presentPrecisions: presentIn(pack), adapters })
  const stages = pack.stages.map((stage) => ({ ...stage, variants: { ...stage.variants, ...plan.variants } }))
  const known = pack.adapters.map((adapter) => ({ ...adapter, graphs: { ...adapter.graphs, ...plan.adapterGraphs.get(adapter.id) } }))
  return { plan, share: null, check: { precision }, pack: withGraphs({ ...pack, stages, adapters: known }, plan) }
}

async function planAdapter(pack: Pack, { checkpoint, importer }: Source, { file, name }: { file: string; name: string }): Promise<PlannedChange> {
  const adapter = await openAdapter(file)
  const id = `${slugOf(name)}-${(await hashFile(file)).slice(0, 8)}`
  const known = pack.adapters.find((other) => other.id === id || other.name.toLowerCase() === name.toLowerCase())
  if (known !== undefined) throw new CheckpointError('adapter-name-taken', known.name, 'choose another name, or remove that one first')
  const adapterFolder = `weights/style-${id}`
  const weights = `${adapterFolder}/adapter.safetensors`
  const plan = importer.planExtension(checkpoint, {
    precisions: [], presentPrecisions: presentIn(pack), adapters: [{ id, adapter, path: weights, isNew: true }],
  })
  const added: PackAdapter = { id, name, weights, graphs: { ...plan.adapterGraphs.get(id) } }
  // It says how the branches are scaled, and is read again for a precision that is added later.
  const writes = adapter.config === null ? plan.writes : [...plan.writes, { path: `${adapterFolder}/${ADAPTER_CONFIG}`, data: adapter.config }]
  return {
    plan: { ...plan, writes },
    share: { source: file, path: weights },
    check: { precision: 'f32', adapter: { id, strength: 1 } },
    pack: withGraphs({ ...pack, adapters: [...pack.adapters, added] }, plan),
  }
}

function withGraphs(pack: Pack, { externalWeightBytes }: ExtensionPlan): Pack {
  return { ...pack, externalWeightBytes: { ...pack.externalWeightBytes, ...externalWeightBytes } }
}

function presentIn({ stages: [stage] }: Pack): ReducedPrecision[] {
  return Object.keys(stage?.variants ?? {}) as ReducedPrecision[]
}

/** The checkpoint a pack was made of, from the weights it kept. @throws {CheckpointError} 'pack-not-extensible' */
async function openPackCheckpoint(pack: Pack, folder: string): Promise<Checkpoint> {
  if (pack.checkpoint === undefined) throw notExtensible(pack)
  const parts = new Map<string, CheckpointPart>()
  for (const [name, { config, weights }] of Object.entries(pack.checkpoint)) {
    const weightFiles = weights.map((file) => packFilePath(folder, file))
    const tensors = new Map<string, StoredTensor>()
    for (const file of weightFiles) for (const [key, tensor] of await readSafetensorsHeader(file)) tensors.set(key, tensor)
    parts.set(name, { name, config, tensors, weightFiles })
  }
  return { folder, parts }
}

function notExtensible({ name }: Pack): CheckpointError {
  return new CheckpointError('pack-not-extensible', name, 'it keeps no published weights')
}

async function shareIn(folder: string, { source, path: name }: { source: string; path: string }): Promise<void> {
  const file = packFilePath(folder, name)
  await mkdir(path.dirname(file), { recursive: true })
  await shareFile(await realpath(source), file)
}

/** In one step: a reader finds the old description or the new one. */
async function writeDescription(folder: string, pack: Pack): Promise<void> {
  const draft = path.join(folder, '.pack.json')
  await writeFile(draft, `${JSON.stringify(pack, null, 2)}\n`)
  const handle = await open(draft, 'r+')
  await handle.sync().finally(() => handle.close())
  await rename(draft, path.join(folder, 'pack.json'))
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function slugOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || 'style'
}
