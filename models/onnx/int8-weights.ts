import { cast, multiply } from './arithmetic.ts'
import { format } from './dims.ts'
import type { Value } from './graph.ts'
import type { ExternalData } from './model-file.ts'
import type { StoredTensor } from '../checkpoint/safetensors.ts'

/** A linear layer's weight that is to be written in 8 bits. */
export interface Int8Entry {
  /** [outCount × inCount] */
  readonly tensor: StoredTensor
  readonly outCount: number
  /** Where its values lie in the file, int8 [inCount × outCount]; its scales, float32 [outCount], follow. */
  readonly offset: number
}

/**
 * The plan of a file of 8-bit weights: where each will lie. Graphs are built against the plan, the file is written when
 * the weights are read.
 */
export class Int8Weights {
  readonly entries: Int8Entry[] = []
  readonly #location: string
  #byteLength = 0

  /** @param location  what the graph calls the file. */
  constructor(location: string) {
    this.#location = location
  }

  get byteLength(): number {
    return this.#byteLength
  }

  /** @returns where the values and the scales will lie. */
  place(tensor: StoredTensor, outCount: number): { values: ExternalData; scales: ExternalData } {
    const count = tensor.dims.reduce((product, dim) => product * dim, 1)
    const offset = this.#byteLength
    this.entries.push({ tensor, outCount, offset })
    const scaleOffset = offset + count + padding(count)
    this.#byteLength = scaleOffset + 4 * outCount
    return {
      values: { location: this.#location, offset, byteLength: count },
      scales: { location: this.#location, offset: scaleOffset, byteLength: 4 * outCount },
    }
  }
}

/** Bytes that bring a length to a multiple of 4, where float32 can follow. */
export function padding(byteLength: number): number {
  return -byteLength & 3
}

/** A row-wise 8-bit reading of a matrix: unsigned, with one scale and one zero for all of it. */
export interface QuantizedInput {
  readonly values: Value
  readonly scale: Value
  readonly zero: Value
}

/** Rounds a matrix to 8 bits by its own smallest and largest element, when the graph runs. */
export function quantizeInput(x: Value): QuantizedInput {
  const [values, scale, zero] = x.graph.node('DynamicQuantizeLinear', [x], [
    { type: 'uint8', dims: x.dims }, { type: 'float32', dims: [] }, { type: 'uint8', dims: [] },
  ])
  return { values: values!, scale: scale!, zero: zero! }
}

/**
 * A product of 8-bit matrices, as float32. ONNX Runtime makes one kernel of it.
 *
 * @param x  [rows × in]
 * @param weight  int8 [in × out]
 * @param scales  [out]
 */
export function matMulInt8(x: QuantizedInput, weight: Value, scales: Value): Value {
  const [rows, width] = x.values.dims
  const [inner, out] = weight.dims
  if (width !== inner || scales.dims[0] !== out) throw new RangeError(`${format(x.values.dims)} times ${format(weight.dims)}`)
  const { graph } = weight
  const [product] = graph.node('MatMulInteger', [x.values, weight, x.zero], [{ type: 'int32', dims: [rows!, out!] }])
  return multiply(cast(product!, 'float32'), multiply(x.scale, scales))
}
