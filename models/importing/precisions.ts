import { PRECISIONS, type Precision } from '../runtime/session.ts'
import type { Pack } from './pack.ts'

export interface PackPrecision {
  readonly precision: Precision
  /** What graphs and weights take when loaded. */
  readonly memoryBytes: number
}

/** As much of a pack as tells which number formats it has. */
export type PackGraphs = Pick<Pack, 'stages' | 'externalWeightBytes'> & {
  readonly files: readonly Pick<Pack['files'][number], 'path' | 'bytes'>[]
}

/** The number formats every stage of a pack can run in, the most exact first. Each pack has full precision. */
export function listPrecisions(pack: PackGraphs): PackPrecision[] {
  return PRECISIONS.flatMap((precision) => {
    const graphs = pack.stages.map((stage) => (precision === 'f32' ? stage.transformer : stage.variants?.[precision]))
    if (graphs.includes(undefined)) return []
    return { precision, memoryBytes: measureMemory(pack, graphs as string[]) }
  })
}

/** All graphs but the transformers of other formats, and the weights beside them. */
function measureMemory(pack: PackGraphs, transformers: readonly string[]): number {
  const others = pack.stages.flatMap(({ transformer, variants }) => [transformer, ...Object.values(variants ?? {})])
  const isLoaded = (path: string) => path.endsWith('.onnx') && (transformers.includes(path) || !others.includes(path))
  return pack.files
    .filter(({ path }) => isLoaded(path))
    .reduce((sum, { path, bytes }) => sum + bytes + (pack.externalWeightBytes?.[path] ?? 0), 0)
}

/** Why a precision was chosen. */
export type PrecisionReason = 'only-one' | 'asked' | 'quick' | 'small'

export interface ChosenPrecision {
  readonly precision: Precision
  readonly reason: PrecisionReason
}

/**
 * Chooses the number format a pack runs in.
 *
 * @param choice  `auto`, or what the user wants; a format the pack does not have counts as `auto`.
 * @param budgetBytes  memory that models may take.
 */
export function choosePrecision(pack: PackGraphs, choice: string, budgetBytes: number): ChosenPrecision {
  const options = listPrecisions(pack)
  const asked = options.find(({ precision }) => precision === choice)
  if (asked !== undefined) return { precision: asked.precision, reason: 'asked' }
  if (options.length === 1) return { precision: 'f32', reason: 'only-one' }
  // In 8 bits a step takes a third of the time on a processor, for an error of a few percent in the logits (models/README.md).
  const quick = options.find(({ precision, memoryBytes }) => precision === 'int8' && memoryBytes <= budgetBytes)
  if (quick !== undefined) return { precision: 'int8', reason: 'quick' }
  const smallest = options.reduce((least, option) => (option.memoryBytes < least.memoryBytes ? option : least))
  return { precision: smallest.precision, reason: 'small' }
}
