import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { CheckpointError } from './checkpoint-error.ts'
import { readSafetensorsHeader, type StoredTensor } from './safetensors.ts'

/** Weights as published: a folder laid out as diffusers saves a pipeline. Nothing of it is ever written to. */
export interface Checkpoint {
  /** Absolute. */
  readonly folder: string
  /** By folder name (`transformer`, `vqvae`, …); a part that lies in the folder itself has the name ''. */
  readonly parts: ReadonlyMap<string, CheckpointPart>
}

/** One network of a checkpoint: its config and its tensors, in one file or several. */
export interface CheckpointPart {
  readonly name: string
  readonly config: JsonObject
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** Real paths of the files the tensors lie in. */
  readonly weightFiles: readonly string[]
}

export type JsonObject = Readonly<Record<string, unknown>>

/**
 * Names under which diffusers and transformers save weights, best first: float32, then the half-precision variant,
 * each whole or as an index of shards.
 */
const WEIGHT_NAMES = ['', '.fp16'].flatMap((variant) =>
  ['diffusion_pytorch_model', 'model'].flatMap((base) => [
    `${base}${variant}.safetensors`,
    `${base}${variant}.safetensors.index.json`,
    `${base}.safetensors.index${variant}.json`,
  ]),
)

/** Files that may hold pickled objects. */
const PICKLE_NAME = /\.(bin|pth|pt|ckpt|pkl|pickle)$/i

/** The largest config, index or tokenizer file read: CLIP's vocabulary has 1 MB, an index a few hundred KB. */
const MAX_TEXT_BYTES = 32 * 2 ** 20

/** No drive, no folder, no `..`: what an index may call a shard. */
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/

const shardIndexSchema = z.object({ weight_map: z.record(z.string(), z.string()) })

/**
 * Opens the configs and tensor headers of a checkpoint. A few milliseconds: no weight is read.
 *
 * @param folder  absolute path; links are followed, for the Hub's own cache is made of them.
 * @throws {CheckpointError}
 */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  const entries = await readdir(folder).catch((cause: unknown) => {
    throw new CheckpointError('folder-empty', folder, 'cannot be opened', { cause })
  })
  const parts = new Map<string, CheckpointPart>()
  for (const name of ['', ...entries.filter((entry) => !entry.startsWith('.')).sort()]) {
    const part = await openPart(folder, name)
    if (part !== null) parts.set(name, part)
  }
  if (parts.size === 0) {
    if (entries.some((name) => PICKLE_NAME.test(name))) throw pickleError(entries)
    throw new CheckpointError('folder-empty', folder, 'no config.json in it or in a folder of it')
  }
  return { folder, parts }
}

/** @throws {CheckpointError} 'file-missing' when the checkpoint has no such part, or one without weights. */
export function requirePart(checkpoint: Checkpoint, name: string): CheckpointPart {
  const part = checkpoint.parts.get(name)
  if (part === undefined) throw new CheckpointError('file-missing', `${name}/config.json`, 'the checkpoint has no such part')
  if (part.tensors.size === 0) throw new CheckpointError('file-missing', `${name}/*.safetensors`, 'no weights')
  return part
}

/** The text of one of the checkpoint's files, or null when there is none. */
export async function readTextFile(folder: string, name: string): Promise<string | null> {
  const file = path.join(folder, ...name.split('/'))
  const found = await stat(file).catch(() => null)
  if (found === null || !found.isFile()) return null
  if (found.size > MAX_TEXT_BYTES) throw new CheckpointError('file-unreadable', name, `${found.size} bytes are too many`)
  return readFile(file, 'utf8')
}

/** A JSON object of the checkpoint, or null when there is no such file. @throws {CheckpointError} 'config-invalid' */
export async function readJsonFile(folder: string, name: string): Promise<JsonObject | null> {
  const text = await readTextFile(folder, name)
  if (text === null) return null
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch (cause) {
    throw new CheckpointError('config-invalid', name, 'not a JSON object', { cause })
  }
}

async function openPart(folder: string, name: string): Promise<CheckpointPart | null> {
  const partFolder = path.join(folder, name)
  const config = await readJsonFile(partFolder, 'config.json')
  if (config === null) return null
  const entries = await readdir(partFolder)
  const weights = WEIGHT_NAMES.find((candidate) => entries.includes(candidate))
  if (weights === undefined) {
    if (entries.some((entry) => PICKLE_NAME.test(entry))) throw pickleError(entries)
    return { name, config, tensors: new Map(), weightFiles: [] }
  }
  const { tensors, files } = weights.endsWith('.json')
    ? await openShards(partFolder, weights)
    : await openWhole(partFolder, weights)
  return { name, config, tensors, weightFiles: files }
}

interface OpenedWeights {
  readonly tensors: ReadonlyMap<string, StoredTensor>
  readonly files: readonly string[]
}

async function openWhole(folder: string, name: string): Promise<OpenedWeights> {
  const file = await resolveWeightFile(folder, name)
  return { tensors: await readSafetensorsHeader(file), files: [file] }
}

async function openShards(folder: string, indexName: string): Promise<OpenedWeights> {
  const parsed = shardIndexSchema.safeParse(await readJsonFile(folder, indexName))
  if (!parsed.success) throw new CheckpointError('config-invalid', indexName, z.prettifyError(parsed.error))
  const shardOf = Object.entries(parsed.data.weight_map)
  const tensors = new Map<string, StoredTensor>()
  const files: string[] = []
  for (const shard of new Set(shardOf.map(([, name]) => name))) {
    if (!PLAIN_NAME.test(shard)) throw new CheckpointError('name-unsafe', indexName, `names the shard ${JSON.stringify(shard)}`)
    const opened = await openWhole(folder, shard)
    files.push(...opened.files)
    for (const [name, tensor] of opened.tensors) tensors.set(name, tensor)
  }
  const missing = shardOf.find(([name]) => !tensors.has(name))
  if (missing !== undefined) throw new CheckpointError('tensor-missing', missing[0], `not in ${missing[1]}, where the index has it`)
  return { tensors, files }
}

async function resolveWeightFile(folder: string, name: string): Promise<string> {
  const file = await realpath(path.join(folder, name)).catch((cause: unknown) => {
    throw new CheckpointError('file-missing', name, 'not in the folder', { cause })
  })
  if (!(await stat(file)).isFile()) throw new CheckpointError('file-unreadable', name, 'not a plain file')
  return file
}

function pickleError(entries: readonly string[]): CheckpointError {
  const name = entries.find((entry) => PICKLE_NAME.test(entry))!
  return new CheckpointError('pickle-refused', name, 'pickled weights are never opened; save them as safetensors')
}
