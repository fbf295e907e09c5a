/** Element types the graphs of all families use. int64 stays BigInt64Array, as ONNX Runtime has it. */
export interface TensorData {
  readonly float32: Float32Array
  readonly int64: BigInt64Array
  readonly int32: Int32Array
  readonly uint8: Uint8Array
}
export type TensorType = keyof TensorData

/** A plain dense tensor, row-major. Owned by whoever holds it; nothing to release. */
export type Tensor = {
  [T in TensorType]: { readonly type: T; readonly dims: readonly number[]; readonly data: TensorData[T] }
}[TensorType]

/** @throws {RangeError} when `data` does not have as many elements as `dims` say. */
export function tensor<T extends TensorType>(type: T, dims: readonly number[], data: TensorData[T]): Tensor {
  const size = dims.reduce((product, dim) => product * dim, 1)
  if (data.length !== size) throw new RangeError(`${data.length} elements do not fill [${dims.join(' × ')}]`)
  return { type, dims, data } as Tensor
}
