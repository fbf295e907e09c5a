import { encodeSinusoids } from '../../architectures/sinusoid.ts'
import type { PackStage } from '../../importing/pack.ts'
import {
  MASK_TOKEN, type GridPlacement, type MaskedTransformer, type WeightedConditioning,
} from '../../runtime/masked-transformer.ts'
import type { Session } from '../../runtime/session.ts'
import type { Conditioning } from '../../runtime/text-encoder.ts'
import { maskedPositions } from '../../sampling/decode-step.ts'
import { tensor, type Tensor } from '../../tensor/tensor.ts'
import type { GraphFace } from '../open-graph.ts'
import { MICRO_VALUE_COUNT } from './u-vit-config.ts'

const CONDITIONING_OUTPUTS = ['modulations', 'block_keys', 'block_values', 'layer_keys', 'layer_values'] as const
type Prepared = Readonly<Record<(typeof CONDITIONING_OUTPUTS)[number], Tensor>>

export const CONDITIONING_FACE: GraphFace = { inputs: ['hidden', 'pooled', 'micro'], outputs: CONDITIONING_OUTPUTS }
export const STEP_FACE: GraphFace = { inputs: ['tokens', 'positions', 'shares', ...CONDITIONING_OUTPUTS], outputs: ['logits'] }

/** The score the published pipelines ask for, on the scale of LAION's predictor of 1–10. */
const AESTHETIC_SCORE = 6

/**
 * aMUSEd's transformer in two graphs: what depends only on the prompt and the place in the picture is computed once and
 * kept with the conditioning, a step computes the rest.
 */
export class AmusedTransformer implements MaskedTransformer {
  readonly codebookSize: number
  readonly #conditioning: Session
  readonly #step: Session
  readonly #stage: PackStage
  readonly #microWidth: number
  /** What was prepared last for each conditioning, and for which place. A pass asks for the same again at every step. */
  readonly #prepared = new WeakMap<Conditioning, { micro: string; tensors: Prepared }>()
  #stacked: { parts: readonly Prepared[]; tensors: Prepared } | undefined

  constructor(conditioning: Session, step: Session, stage: PackStage, microWidth: number) {
    this.codebookSize = stage.codebookSize
    this.#conditioning = conditioning
    this.#step = step
    this.#stage = stage
    this.#microWidth = microWidth
  }

  async predict(
    { rows, columns, tokens }: Parameters<MaskedTransformer['predict']>[0],
    terms: readonly WeightedConditioning[],
    { placement = { canvasRows: rows, canvasColumns: columns, row: 0, column: 0 } }: Parameters<MaskedTransformer['predict']>[2],
  ): Promise<Float32Array> {
    const micro = this.#microValues(placement)
    const prepared: Prepared[] = []
    for (const { conditioning } of terms) prepared.push(await this.#prepare(conditioning, micro))
    const positions = maskedPositions(tokens)
    const { logits } = await this.#step.run({
      ...this.#stack(prepared),
      tokens: tensor('int64', [1, rows, columns], BigInt64Array.from(tokens, (token) => BigInt(token === MASK_TOKEN ? this.#stage.maskToken : token))),
      positions: tensor('int64', [positions.length], BigInt64Array.from(positions, BigInt)),
      shares: tensor('float32', [terms.length], Float32Array.from(terms, ({ weight }) => weight)),
    })
    if (logits?.type !== 'float32') throw new TypeError(`logits are ${logits?.type}, not float32`)
    return logits.data
  }

  /** Width and height of the picture, top and left of the part that is seen, in pixels, as in training; and the score. */
  #microValues({ canvasRows, canvasColumns, row, column }: GridPlacement): number[] {
    const pixels = [canvasColumns, canvasRows, row, column].map((count) => count * this.#stage.downsampleFactor)
    return [...pixels, AESTHETIC_SCORE]
  }

  async #prepare(conditioning: Conditioning, micro: readonly number[]): Promise<Prepared> {
    const key = micro.join()
    const known = this.#prepared.get(conditioning)
    if (known?.micro === key) return known.tensors
    const { hidden, pooled } = conditioning.tensors
    const encoded = tensor('float32', [1, MICRO_VALUE_COUNT * this.#microWidth], encodeSinusoids(micro, this.#microWidth))
    const tensors = await this.#conditioning.run({ hidden: hidden!, pooled: pooled!, micro: encoded }) as Prepared
    this.#prepared.set(conditioning, { micro: key, tensors })
    return tensors
  }

  #stack(parts: readonly Prepared[]): Prepared {
    if (parts.length === 1) return parts[0]!
    const known = this.#stacked
    if (known?.parts.length === parts.length && known.parts.every((part, i) => part === parts[i])) return known.tensors
    const stackOf = (name: (typeof CONDITIONING_OUTPUTS)[number]) => stack(parts.map((part) => part[name]))
    const tensors = Object.fromEntries(CONDITIONING_OUTPUTS.map((name) => [name, stackOf(name)])) as unknown as Prepared
    this.#stacked = { parts, tensors }
    return tensors
  }
}

/** Joins float32 tensors along the batch axis. */
function stack(tensors: readonly Tensor[]): Tensor {
  const [, ...dims] = tensors[0]!.dims
  const size = dims.reduce((product, dim) => product * dim, 1)
  const data = new Float32Array(tensors.length * size)
  for (const [i, part] of tensors.entries()) {
    if (part.type !== 'float32') throw new TypeError(`a conditioning is ${part.type}, not float32`)
    data.set(part.data, i * size)
  }
  return tensor('float32', [tensors.length, ...dims], data)
}
