import { cast } from './arithmetic.ts'
import { reshape } from './arrangement.ts'
import { format, product } from './dims.ts'
import type { Graph, Value } from './graph.ts'
import type { ElementType } from './model-file.ts'
import { matMulTransposed } from './products.ts'
import type { StoredTensor, StoredType } from '../checkpoint/safetensors.ts'
import type { Weights } from '../checkpoint/weights.ts'

/** How a graph's file calls the files its weights lie in: relative names in its own folder. */
export type WeightLocations = (file: string) => string

const ELEMENT_TYPES: Partial<Record<StoredType, ElementType>> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' }

/**
 * The weights of a part as constants of a graph, left where they are in the checkpoint's files. Half precision is
 * widened by the graph, because CPUs have no kernels for it; ONNX Runtime does that once, when it loads the graph.
 */
export class GraphWeights {
  readonly graph: Graph
  readonly #weights: Weights
  readonly #locate: WeightLocations
  readonly #values = new Map<string, Value>()

  constructor(graph: Graph, weights: Weights, locate: WeightLocations) {
    this.graph = graph
    this.#weights = weights
    this.#locate = locate
  }

  /**
   * @param dims  as it is stored.
   * @param viewedAs  the same elements in another shape.
   * @throws {CheckpointError} when the checkpoint has no such tensor of that shape.
   */
  get(name: string, dims: readonly number[], viewedAs: readonly number[] = dims): Value {
    const known = this.#values.get(name)
    if (known !== undefined) return known
    const value = cast(this.#declare(this.#weights.take(name, dims), viewedAs), 'float32')
    this.#values.set(name, value)
    return value
  }

  /**
   * x · Wᵀ (+ bias) over the last axis.
   *
   * @param name  of the layer: its weight is `<name>.weight` [outWidth × width of x], its bias `<name>.bias`.
   * @param options.isConvolution  it is stored as a convolution of 1 × 1 pixel.
   */
  linear(x: Value, name: string, outWidth: number, { hasBias = false, isConvolution = false } = {}): Value {
    const width = x.dims.at(-1)
    if (typeof width !== 'number') throw new RangeError(`a linear layer over ${format(x.dims)}`)
    const matrix = [outWidth, width]
    const weight = this.get(`${name}.weight`, isConvolution ? [...matrix, 1, 1] : matrix, matrix)
    const bias = hasBias ? this.get(`${name}.bias`, [outWidth]) : null
    const rows = reshape(x, [product(...x.dims.slice(0, -1)), width])
    const result = matMulTransposed(rows, weight, bias)
    return reshape(result, [...x.dims.slice(0, -1), outWidth])
  }

  #declare({ name, type, file, offset, byteLength }: StoredTensor, dims: readonly number[]): Value {
    const data = { location: this.#locate(file), offset, byteLength }
    return this.graph.external(name, ELEMENT_TYPES[type]!, dims, data)
  }
}
