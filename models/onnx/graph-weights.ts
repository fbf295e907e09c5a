import { add, cast } from './arithmetic.ts'
import { reshape } from './arrangement.ts'
import { format, product } from './dims.ts'
import type { Graph, Value } from './graph.ts'
import { matMulInt8, quantizeInput, type Int8Weights, type QuantizedInput } from './int8-weights.ts'
import type { ElementType } from './model-file.ts'
import { matMulTransposed } from './products.ts'
import type { StoredTensor, StoredType } from '../checkpoint/safetensors.ts'
import type { Weights } from '../checkpoint/weights.ts'

/** Which linear layers are multiplied in 8 bits, and where their weights will lie. */
export interface Int8Layers {
  readonly weights: Int8Weights
  isQuantized(layer: string): boolean
}

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
  readonly #int8: Int8Layers | null
  /** Layers over the same input share its reading in 8 bits. */
  readonly #quantizedInputs = new Map<Value, QuantizedInput>()

  constructor(graph: Graph, weights: Weights, locate: WeightLocations, int8: Int8Layers | null = null) {
    this.graph = graph
    this.#weights = weights
    this.#locate = locate
    this.#int8 = int8
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
    if (this.#int8?.isQuantized(name)) return this.#linearInt8(this.#int8.weights, x, name, outWidth, hasBias)
    const matrix = [outWidth, width]
    const weight = this.get(`${name}.weight`, isConvolution ? [...matrix, 1, 1] : matrix, matrix)
    const bias = hasBias ? this.get(`${name}.bias`, [outWidth]) : null
    const rows = reshape(x, [product(...x.dims.slice(0, -1)), width])
    const result = matMulTransposed(rows, weight, bias)
    return reshape(result, [...x.dims.slice(0, -1), outWidth])
  }

  #linearInt8(int8: Int8Weights, x: Value, name: string, outWidth: number, hasBias: boolean): Value {
    const width = x.dims.at(-1) as number
    const { values, scales } = int8.place(this.#weights.take(`${name}.weight`, [outWidth, width]), outWidth)
    const input = this.#quantizedInputs.get(x) ?? quantizeInput(reshape(x, [product(...x.dims.slice(0, -1)), width]))
    this.#quantizedInputs.set(x, input)
    const result = matMulInt8(
      input,
      this.graph.external(`${name}.weight.int8`, 'int8', [width, outWidth], values),
      this.graph.external(`${name}.weight.scales`, 'float32', [outWidth], scales),
    )
    const summed = hasBias ? add(result, this.get(`${name}.bias`, [outWidth])) : result
    return reshape(summed, [...x.dims.slice(0, -1), outWidth])
  }

  #declare({ name, type, file, offset, byteLength }: StoredTensor, dims: readonly number[]): Value {
    const data = { location: this.#locate(file), offset, byteLength }
    return this.graph.external(name, ELEMENT_TYPES[type]!, dims, data)
  }
}
