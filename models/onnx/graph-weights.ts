import { add, cast } from './arithmetic.ts'
import { reshape } from './arrangement.ts'
import { format, product } from './dims.ts'
import type { Graph, Value } from './graph.ts'
import type { LowRankBranches } from './low-rank-branches.ts'
import type { ElementType } from './model-file.ts'
import { matMulTransposed } from './products.ts'
import type { ReducedWeights } from './reduced/reduced-weights.ts'
import type { StoredTensor, StoredType } from '../checkpoint/safetensors.ts'
import type { Weights } from '../checkpoint/weights.ts'

/** Which linear layers are multiplied with fewer bits, and where their weights will lie. */
export interface ReducedLayers {
  readonly weights: ReducedWeights
  isReduced(layer: string): boolean
}

/** In what a graph differs from the published one. */
export interface GraphVariant {
  readonly reduced?: ReducedLayers
  /** Added to the layers they name. */
  readonly branches?: LowRankBranches
}

/** How a graph's file calls the files its weights lie in: relative names in its own folder. */
export type WeightLocations = (file: string) => string

export const ELEMENT_TYPES: Partial<Record<StoredType, ElementType>> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' }

/**
 * The weights of a part as constants of a graph, left where they are in the checkpoint's files. Half precision is
 * widened by the graph, because CPUs have no kernels for it; ONNX Runtime does that once, when it loads the graph.
 */
export class GraphWeights {
  readonly graph: Graph
  readonly #weights: Weights
  readonly #locate: WeightLocations
  readonly #values = new Map<string, Value>()
  readonly #variant: GraphVariant
  /** Layers over the same input share its rows, and their reading in fewer bits. */
  readonly #rows = new Map<Value, Value>()
  readonly #reducedRows = new Map<Value, readonly Value[]>()

  constructor(graph: Graph, weights: Weights, locate: WeightLocations, variant: GraphVariant = {}) {
    this.graph = graph
    this.#weights = weights
    this.#locate = locate
    this.#variant = variant
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
    const rows = this.#rowsOf(x, width)
    const { reduced, branches } = this.#variant
    const result = reduced?.isReduced(name)
      ? this.#linearReduced(reduced.weights, rows, name, outWidth, { hasBias, isConvolution })
      : this.#linearStored(rows, name, outWidth, { hasBias, isConvolution })
    const styled = branches?.addTo(result, rows, name) ?? result
    return reshape(styled, [...x.dims.slice(0, -1), outWidth])
  }

  #rowsOf(x: Value, width: number): Value {
    const rows = this.#rows.get(x) ?? reshape(x, [product(...x.dims.slice(0, -1)), width])
    this.#rows.set(x, rows)
    return rows
  }

  #linearStored(rows: Value, name: string, outWidth: number, { hasBias, isConvolution }: LinearLayer): Value {
    const matrix = [outWidth, rows.dims[1] as number]
    const weight = this.get(`${name}.weight`, isConvolution ? [...matrix, 1, 1] : matrix, matrix)
    return matMulTransposed(rows, weight, hasBias ? this.get(`${name}.bias`, [outWidth]) : null)
  }

  #linearReduced(reduced: ReducedWeights, rows: Value, name: string, outWidth: number, { hasBias, isConvolution }: LinearLayer): Value {
    const { format } = reduced
    const width = rows.dims[1] as number
    const matrix = [outWidth, width]
    const tensor = this.#weights.take(`${name}.weight`, isConvolution ? [...matrix, 1, 1] : matrix)
    const parts = tensor.type === format.storedAs
      ? [this.#declare(tensor, matrix)]
      : reduced.place(tensor, outWidth, width).map(({ suffix, type, dims, data }) =>
          this.graph.external(`${name}.weight.${suffix}`, type, dims, data))
    const input = this.#reducedRows.get(rows) ?? format.readRows(rows)
    this.#reducedRows.set(rows, input)
    const result = format.multiply(input, parts, outWidth, width)
    return hasBias ? add(result, this.get(`${name}.bias`, [outWidth])) : result
  }

  #declare({ name, type, file, offset, byteLength }: StoredTensor, dims: readonly number[]): Value {
    const data = { location: this.#locate(file), offset, byteLength }
    return this.graph.external(name, ELEMENT_TYPES[type]!, dims, data)
  }
}

/** How a linear layer is stored. */
interface LinearLayer {
  readonly hasBias: boolean
  readonly isConvolution: boolean
}
