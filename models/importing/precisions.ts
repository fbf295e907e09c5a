import type { ReducedPrecision } from '../onnx/reduced/reduced-formats.ts'
import { PRECISIONS, type Precision } from '../runtime/session.ts'
import type { Pack } from './pack.ts'

export interface PackPrecision {
  readonly precision: Precision
  /** What graphs and weights take when loaded. */
  readonly memoryBytes: number
}

/** As much of a pack as tells which number formats it has. */
export type PackGraphs = Pick<Pack, 'stages' | 'externalWeightBytes'> & Partial<Pick<Pack, 'adapters' | 'checkpoint'>> & {
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

/** What is left of a weight of 32 bits, its scales included. */
const SHARES: Readonly<Record<ReducedPrecision, number>> = { f16: 0.5, int8: 0.26, int4: 0.16 }

/** The number formats that can still be written into a pack, with a guess of their memory. */
export function listWritablePrecisions(pack: PackGraphs): PackPrecision[] {
  if (pack.checkpoint === undefined) return []
  const present = listPrecisions(pack)
  const steps = pack.stages.reduce((sum, { transformer }) => sum + (pack.externalWeightBytes?.[transformer] ?? 0), 0)
  const fullBytes = present[0]!.memoryBytes
  return PRECISIONS.slice(1).flatMap((precision) => {
    if (present.some((other) => other.precision === precision)) return []
    return { precision, memoryBytes: Math.round(fullBytes - steps * (1 - SHARES[precision as ReducedPrecision])) }
  })
}

/** All graphs but the transformers of other formats, and the weights beside them. */
function measureMemory(pack: PackGraphs, transformers: readonly string[]): number {
  const others = [
    ...pack.stages.flatMap(({ transformer, variants }) => [transformer, ...Object.values(variants ?? {})]),
    ...(pack.adapters ?? []).flatMap(({ graphs }) => Object.values(graphs)),
  ]
  const isLoaded = (path: string) => path.endsWith('.onnx') && (transformers.includes(path) || !others.includes(path))
  return pack.files
    .filter(({ path }) => isLoaded(path))
    .reduce((sum, { path, bytes }) => sum + bytes + (pack.externalWeightBytes?.[path] ?? 0), 0)
}

/**
 * Why a precision was chosen. `exact`: full precision fits, and 8 bits are not there. `small`: nothing more exact fits.
 * `least`: none fits.
 */
export type PrecisionReason = 'only-one' | 'asked' | 'quick' | 'exact' | 'small' | 'least' | 'graphics-card' | 'processor-only'

export interface ChosenPrecision {
  readonly precision: Precision
  readonly reason: PrecisionReason
}

/** What of a machine decides in which format a pack runs. */
export interface PrecisionMachine {
  /** Memory that models may take. */
  readonly budgetBytes: number
  /** Whether graphs run on a graphics card: there are no kernels for 8 bits there. */
  readonly usesGraphicsCard: boolean
}

/**
 * Chooses the number format a pack runs in.
 *
 * @param choice  `auto`, or what the user wants; a format the pack does not have counts as `auto`.
 */
export function choosePrecision(pack: PackGraphs, choice: string, machine: PrecisionMachine): ChosenPrecision {
  const options = listPrecisions(pack)
  const asked = options.find(({ precision }) => precision === choice)
  if (asked === undefined) return chooseAmong(options, machine)
  if (machine.usesGraphicsCard && asked.precision === 'int8') return { precision: quickestOnCards(options), reason: 'processor-only' }
  return { precision: asked.precision, reason: 'asked' }
}

/** The number format the program would choose by itself were it written into the pack, where that is another than it chooses now. */
export function findMissingPrecision(pack: PackGraphs, machine: PrecisionMachine): Precision | undefined {
  const writable = listWritablePrecisions(pack)
  const { precision } = chooseAmong([...listPrecisions(pack), ...writable], machine)
  return writable.some((option) => option.precision === precision) ? precision : undefined
}

/**
 * In this order on a processor, where they fit. In 8 bits a step takes a third of the time, for an error of a few percent in
 * the logits; 4 bits are no quicker than full precision (models/README.md). 16 bits are computed in 32 there and save nothing.
 */
const ON_PROCESSORS = [['int8', 'quick'], ['f32', 'exact'], ['int4', 'small']] as const

function chooseAmong(options: readonly PackPrecision[], { budgetBytes, usesGraphicsCard }: PrecisionMachine): ChosenPrecision {
  if (options.length === 1) return { precision: 'f32', reason: 'only-one' }
  if (usesGraphicsCard) return { precision: quickestOnCards(options), reason: 'graphics-card' }
  const usable = options.filter(({ precision }) => precision !== 'f16')
  for (const [wanted, reason] of ON_PROCESSORS) {
    if (usable.some(({ precision, memoryBytes }) => precision === wanted && memoryBytes <= budgetBytes)) return { precision: wanted, reason }
  }
  const smallest = usable.reduce((least, option) => (option.memoryBytes < least.memoryBytes ? option : least))
  return { precision: smallest.precision, reason: 'least' }
}

/** Of what a graphics card takes: half precision is twice as quick there as the full one. */
function quickestOnCards(options: readonly PackPrecision[]): Precision {
  return options.some(({ precision }) => precision === 'f16') ? 'f16' : 'f32'
}
