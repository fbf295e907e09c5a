import type { GridPlacement, WeightedConditioning } from '../runtime/masked-transformer.ts'
import { feedsOf, type Session } from '../runtime/session.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import { tensor, type Tensor } from '../tensor/tensor.ts'
import { encodeSinusoids } from './sinusoid.ts'

/** The score the published pipelines ask for, on the scale of LAION's predictor of 1–10. */
const AESTHETIC_SCORE = 6

type Tensors = Readonly<Record<string, Tensor>>

/**
 * What a transformer derives from prompts and from the place in the picture, before any token: computed once by a graph
 * of its own, kept with the conditioning and handed out for several conditionings at once.
 */
export class PreparedConditionings {
  readonly #graph: Session
  readonly #microWidth: number
  readonly #downsampleFactor: number
  /** What was prepared last for each conditioning, and for which place. A pass asks for the same again at every step. */
  readonly #prepared = new WeakMap<Conditioning, { micro: string; tensors: Tensors }>()
  #stacked: { parts: readonly Tensors[]; tensors: Tensors } | undefined

  /**
   * @param graph  `hidden`, `pooled`, `micro` and, unless it is of an older import, `word_weights` → tensors with a batch axis.
   * @param microWidth  numbers each of the micro-conditioning's values is encoded to.
   */
  constructor(graph: Session, microWidth: number, downsampleFactor: number) {
    this.#graph = graph
    this.#microWidth = microWidth
    this.#downsampleFactor = downsampleFactor
  }

  /** The graph's outputs for all terms, along the batch axis. */
  async prepare(terms: readonly WeightedConditioning[], placement: GridPlacement): Promise<Tensors> {
    const micro = this.#microValues(placement)
    const parts: Tensors[] = []
    for (const { conditioning } of terms) parts.push(await this.#prepareOne(conditioning, micro))
    if (parts.length === 1) return parts[0]!
    const known = this.#stacked
    if (known?.parts.length === parts.length && known.parts.every((part, i) => part === parts[i])) return known.tensors
    const names = Object.keys(parts[0]!)
    const tensors = Object.fromEntries(names.map((name) => [name, stack(parts.map((part) => part[name]!))]))
    this.#stacked = { parts, tensors }
    return tensors
  }

  /** Width and height of the picture, top and left of the part that is seen, in pixels, as in training; and the score. */
  #microValues({ canvasRows, canvasColumns, row, column }: GridPlacement): number[] {
    return [...[canvasColumns, canvasRows, row, column].map((count) => count * this.#downsampleFactor), AESTHETIC_SCORE]
  }

  async #prepareOne(conditioning: Conditioning, micro: readonly number[]): Promise<Tensors> {
    const key = micro.join()
    const known = this.#prepared.get(conditioning)
    if (known?.micro === key) return known.tensors
    const { hidden, pooled, word_weights } = conditioning.tensors
    const encoded = tensor('float32', [1, micro.length * this.#microWidth], encodeSinusoids(micro, this.#microWidth))
    const feeds = { hidden: hidden!, pooled: pooled!, word_weights: word_weights!, micro: encoded }
    // Steps may weigh words too.
    const tensors = { ...(await this.#graph.run(feedsOf(this.#graph, feeds))), word_weights: word_weights! }
    this.#prepared.set(conditioning, { micro: key, tensors })
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
