import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { CheckpointError } from './checkpoint-error.ts'
import { readFloats } from './read-tensor.ts'
import { readSafetensorsHeader, readSafetensorsMetadata, type StoredTensor } from './safetensors.ts'

/** What an adapter adds to one linear layer: x · downᵀ · upᵀ · scale. */
export interface LowRankLayer {
  /** [rank × in] */
  readonly down: StoredTensor
  /** [out × rank] */
  readonly up: StoredTensor
  readonly rank: number
  /** alpha / rank, as it was trained. */
  readonly scale: number
}

/** The networks of a pipeline an adapter may belong to, as diffusers calls them. */
export type AdaptedPart = 'transformer' | 'text_encoder'

/** Low-rank weights (LoRA), as peft and diffusers save them. */
export interface Adapter {
  /** Absolute. */
  readonly file: string
  readonly parts: ReadonlyMap<AdaptedPart, ReadonlyMap<string, LowRankLayer>>
  /** peft's description, which lies beside the file (ADAPTER_CONFIG) and says how its branches are scaled; null = there is none. */
  readonly config: string | null
}

/** How the two halves of a branch, and its alpha, are called by the libraries that save them. */
const SUFFIXES: readonly (readonly [RegExp, 'down' | 'up' | 'alpha'])[] = [
  [/\.lora_A(\.default)?\.weight$/, 'down'],
  [/\.lora_B(\.default)?\.weight$/, 'up'],
  [/(\.lora(_linear_layer)?)?\.down\.weight$/, 'down'],
  [/(\.lora(_linear_layer)?)?\.up\.weight$/, 'up'],
  [/\.alpha$/, 'alpha'],
]

/** Wrappers that libraries leave in front of a layer's name. */
const WRAPPERS = /^(base_model\.model\.|transformer\.|module\.)/
const TEXT_WRAPPER = /^text_encoder\.(base_model\.model\.)?/
/** Every layer of CLIP's text tower begins so. */
const TEXT_LAYER = /^(text_model\.|text_projection$)/

/** Files that hold pickled objects begin so: a zip archive, or a pickle's own first byte. */
const PICKLE_NAME = /\.(bin|pth|pt|ckpt|pkl|pickle)$/i
const PICKLE_STARTS = [[0x50, 0x4b, 0x03, 0x04], [0x80, 0x02], [0x80, 0x03], [0x80, 0x04], [0x80, 0x05]]

/** peft's description of what it trained, beside the weights. */
export const ADAPTER_CONFIG = 'adapter_config.json'
const MAX_CONFIG_BYTES = 2 ** 20

/**
 * Reads which branches a file holds. No weight is read but the few numbers that scale them.
 *
 * @param file  absolute.
 * @throws {CheckpointError} 'pickle-refused', 'adapter-keys-unknown', 'adapter-shape-differs', 'adapter-unsupported', or what
 *   is wrong with the file.
 */
export async function openAdapter(file: string): Promise<Adapter> {
  await refusePickle(file)
  const tensors = await readSafetensorsHeader(file)
  const config = await readSmall(path.join(path.dirname(file), ADAPTER_CONFIG))
  const scaling = await readScaling(file, config)
  const parts = new Map<AdaptedPart, Map<string, LowRankLayer>>()
  for (const [name, { down, up, alpha }] of gatherBranches(tensors)) {
    if (down === undefined || up === undefined) {
      const found = (down ?? up ?? alpha)!
      throw new CheckpointError('adapter-keys-unknown', found.name, 'one half of a branch without the other')
    }
    const rank = down.dims[0] ?? 0
    if (down.dims.length < 2 || up.dims.length < 2 || rank === 0 || up.dims[1] !== rank) {
      throw new CheckpointError('adapter-shape-differs', name, `[${down.dims.join(' × ')}] and [${up.dims.join(' × ')}] have no rank in common`)
    }
    const { part, layer } = placeLayer(name)
    const layers = parts.get(part) ?? new Map<string, LowRankLayer>()
    layers.set(layer, { down, up, rank, scale: await findScale({ alpha, rank, layer }, scaling) })
    parts.set(part, layers)
  }
  if (parts.size === 0) throw new CheckpointError('adapter-keys-unknown', path.basename(file), 'no weights in it')
  return { file, parts, config: config ?? null }
}

interface Branch {
  down?: StoredTensor
  up?: StoredTensor
  alpha?: StoredTensor
}

function gatherBranches(tensors: ReadonlyMap<string, StoredTensor>): Map<string, Branch> {
  const branches = new Map<string, Branch>()
  for (const [key, tensor] of tensors) {
    const found = SUFFIXES.find(([suffix]) => suffix.test(key))
    if (found === undefined) throw new CheckpointError('adapter-keys-unknown', key, `one of ${tensors.size} tensors`)
    const [suffix, role] = found
    const name = key.replace(suffix, '')
    branches.set(name, { ...branches.get(name), [role]: tensor })
  }
  return branches
}

/** `transformer.base_model.model.transformer_layers.0.attn1.to_q` → the transformer's `transformer_layers.0.attn1.to_q`. */
function placeLayer(name: string): { part: AdaptedPart; layer: string } {
  const unwrapped = name.replace(TEXT_WRAPPER, '')
  let layer = unwrapped
  while (WRAPPERS.test(layer)) layer = layer.replace(WRAPPERS, '')
  // Older diffusers keep attention's branches in a processor of their own.
  const plain = layer.replace(/\.processor\.(to_[qkv]|to_out)_lora$/, (_, part: string) => `.${part === 'to_out' ? 'to_out.0' : part}`)
  return { part: unwrapped !== name || TEXT_LAYER.test(plain) ? 'text_encoder' : 'transformer', layer: plain }
}

/** What is said of all branches together. */
interface Scaling {
  readonly alpha: number | null
  /** Of single layers, by a pattern that ends their names. */
  readonly alphaPattern: Readonly<Record<string, number>>
  /** alpha / √rank instead of alpha / rank. */
  readonly isRankStabilized: boolean
}

/** From the file's own metadata, as newer diffusers writes them, else from peft's description beside it. */
async function readScaling(file: string, config: string | undefined): Promise<Scaling> {
  const metadata = await readSafetensorsMetadata(file)
  const described = parseObject(metadata['lora_adapter_metadata']) ?? parseObject(config) ?? {}
  const about = (key: string): unknown => described[key] ?? described[`transformer.${key}`] ?? described[`text_encoder.${key}`]
  const kind = about('peft_type') ?? 'LORA'
  if (kind !== 'LORA' || about('use_dora') === true) {
    throw new CheckpointError('adapter-unsupported', path.basename(file), about('use_dora') === true ? 'DoRA' : String(kind))
  }
  const alpha = about('lora_alpha')
  const pattern = about('alpha_pattern')
  return {
    alpha: typeof alpha === 'number' ? alpha : null,
    alphaPattern: typeof pattern === 'object' && pattern !== null ? (pattern as Record<string, number>) : {},
    isRankStabilized: about('use_rslora') === true,
  }
}

async function findScale(
  { alpha, rank, layer }: { alpha: StoredTensor | undefined; rank: number; layer: string }, scaling: Scaling,
): Promise<number> {
  const own = alpha === undefined ? undefined : (await readFloats(alpha))[0]
  const patterned = Object.entries(scaling.alphaPattern).find(([name]) => layer === name || layer.endsWith(`.${name}`))?.[1]
  const value = own ?? patterned ?? scaling.alpha
  // Nobody says: as peft's training does where nothing is asked for.
  const scale = value === null ? 1 : value / (scaling.isRankStabilized ? Math.sqrt(rank) : rank)
  if (!Number.isFinite(scale)) throw new CheckpointError('adapter-unsupported', layer, `an alpha of ${value}`)
  return scale
}

async function refusePickle(file: string): Promise<void> {
  const refused = () => new CheckpointError('pickle-refused', path.basename(file), 'pickled weights are never opened; save them as safetensors')
  if (PICKLE_NAME.test(file)) throw refused()
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new CheckpointError('file-unreadable', path.basename(file), 'cannot be opened', { cause })
  })
  try {
    const { buffer } = await handle.read(new Uint8Array(4), 0, 4, 0).catch((cause: unknown) => {
      throw new CheckpointError('file-unreadable', path.basename(file), 'not a plain file', { cause })
    })
    if (PICKLE_STARTS.some((start) => start.every((byte, i) => buffer[i] === byte))) throw refused()
  } finally {
    await handle.close()
  }
}

async function readSmall(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text !== undefined && text.length <= MAX_CONFIG_BYTES ? text : undefined
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
