/** The largest magnitude of a quantised weight: symmetric, so that 0 stays 0 and no zero point is needed. */
const LARGEST = 127

/** A matrix in 8 bits: weight[i][o] ≈ values[i · outCount + o] · scales[o]. */
export interface QuantizedMatrix {
  /** [inCount × outCount]: transposed, as ONNX multiplies. */
  readonly values: Int8Array
  /** [outCount] */
  readonly scales: Float32Array
}

/**
 * Rounds a linear layer's weight to 8 bits, with a scale of its own for each output.
 *
 * @param weight  [outCount × inCount], as PyTorch keeps it.
 */
export function quantizeMatrix(weight: Float32Array, outCount: number): QuantizedMatrix {
  const inCount = weight.length / outCount
  const values = new Int8Array(weight.length)
  const scales = new Float32Array(outCount)
  for (let out = 0; out < outCount; out++) {
    const row = weight.subarray(out * inCount, (out + 1) * inCount)
    let largest = 0
    for (const element of row) largest = Math.max(largest, Math.abs(element))
    // A row of zeros needs some scale that is not 0.
    const scale = largest === 0 ? 1 : Math.fround(largest / LARGEST)
    scales[out] = scale
    for (let i = 0; i < inCount; i++) values[i * outCount + out] = Math.round(row[i]! / scale)
  }
  return { values, scales }
}
