import type { LowRankLayer } from '../checkpoint/adapter.ts'
import { CheckpointError } from '../checkpoint/checkpoint-error.ts'
import { isFloatType } from '../checkpoint/read-tensor.ts'
import type { StoredTensor } from '../checkpoint/safetensors.ts'
import { add, cast, multiply } from './arithmetic.ts'
import { format } from './dims.ts'
import type { Graph, Value } from './graph.ts'
import { ELEMENT_TYPES } from './graph-weights.ts'
import { matMulTransposed } from './products.ts'

/** What graphs call the strength, a float32 without axes. */
export const STRENGTH_INPUT = 'style_strength'

/**
 * The branches of an adapter (LoRA, Hu et al. 2021) for the layers of one graph: what a layer gives, plus
 * strength · scale · x · downᵀ · upᵀ. The layer's own weight is not touched, and at strength 0 its result is the same number.
 */
export class LowRankBranches {
  readonly #graph: Graph
  readonly #layers: ReadonlyMap<string, LowRankLayer>
  readonly #location: string
  readonly #used = new Set<string>()
  #strength: Value | undefined

  /** @param location  what the graph calls the adapter's file. */
  constructor(graph: Graph, layers: ReadonlyMap<string, LowRankLayer>, location: string) {
    this.#graph = graph
    this.#layers = layers
    this.#location = location
  }

  /** The layers a branch was added to. */
  get used(): ReadonlySet<string> {
    return this.#used
  }

  /**
   * @param result  what the layer gives: [rows × out].
   * @param rows  what it is given: [rows × in].
   * @throws {CheckpointError} 'adapter-shape-differs' when the branch is for a layer of another size.
   */
  addTo(result: Value, rows: Value, name: string): Value {
    const layer = this.#layers.get(name)
    if (layer === undefined) return result
    this.#used.add(name)
    const { down, up, rank, scale } = layer
    const inner = matMulTransposed(rows, this.#declare(down, [rank, rows.dims[1] as number]), null)
    const outer = matMulTransposed(inner, this.#declare(up, [result.dims[1] as number, rank]), null)
    this.#strength ??= this.#graph.input(STRENGTH_INPUT, 'float32', [])
    return add(result, multiply(outer, multiply(this.#strength, scale)))
  }

  #declare(tensor: StoredTensor, dims: readonly number[]): Value {
    const { name, type, offset, byteLength } = tensor
    const [rows, columns, ...rest] = tensor.dims
    if (rows !== dims[0] || columns !== dims[1] || rest.some((size) => size !== 1)) {
      throw new CheckpointError('adapter-shape-differs', name, `expected ${format(dims)}, found ${format(tensor.dims)}`)
    }
    if (!isFloatType(type)) throw new CheckpointError('tensor-type-unsupported', name, type)
    return cast(this.#graph.external(name, ELEMENT_TYPES[type]!, dims, { location: this.#location, offset, byteLength }), 'float32')
  }
}
