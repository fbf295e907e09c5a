/**
 * The largest magnitude of a quantised weight: symmetric, so that 0 stays 0 and no zero point is needed. Half of what 8 bits hold: processors
 * without VNNI add two products of such a weight and an input of 0 to 255 in 16 bits, and larger ones would be cut off (the logits were
 * off by 20 %, not by less than 5).
 */
const LARGEST = 64

/** A matrix in 8 bits: weight[i][o] ≈ values[i · outCount + o] · scales[o]. */
export interface QuantizedMatrix {
  /** [inCount × outCount]: transposed, as ONNX multiplies. */
  readonly values: Int8Array<ArrayBuffer>
  /** [outCount] */
  readonly scales: Float32Array<ArrayBuffer>
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

/** Neighbouring inputs of an output that share a scale in 4 bits. */
export const BLOCK_LENGTH = 32

/** What stands for 0 in 4 bits. */
const ZERO_NIBBLE = 8

/** A matrix in 4 bits, as ONNX Runtime's MatMulNBits reads it: weight[o][i] ≈ (nibble − 8) · scale of its block. */
export interface QuantizedBlocks {
  /** [outCount × blocks × BLOCK_LENGTH / 2]: two to a byte, the first in the lower half. */
  readonly values: Uint8Array<ArrayBuffer>
  /** [outCount × blocks] */
  readonly scales: Float32Array<ArrayBuffer>
}

/**
 * Rounds a linear layer's weight to 4 bits. A block's largest magnitude becomes −8, for there is no 8: the sign of the scale
 * is that of its negative.
 *
 * @param weight  [outCount × inCount], as PyTorch keeps it.
 */
export function quantizeBlocks(weight: Float32Array, outCount: number): QuantizedBlocks {
  const inCount = weight.length / outCount
  const blockCount = Math.ceil(inCount / BLOCK_LENGTH)
  // A last block that is not full holds zeros.
  const values = new Uint8Array((outCount * blockCount * BLOCK_LENGTH) / 2).fill(ZERO_NIBBLE | (ZERO_NIBBLE << 4))
  const scales = new Float32Array(outCount * blockCount)
  for (let block = 0; block < scales.length; block++) {
    const start = (block % blockCount) * BLOCK_LENGTH
    const row = Math.floor(block / blockCount) * inCount
    const elements = weight.subarray(row + start, row + Math.min(inCount, start + BLOCK_LENGTH))
    const scale = blockScale(elements)
    scales[block] = scale
    for (let i = 0; i < elements.length; i++) {
      const nibble = Math.max(0, Math.min(15, Math.round(elements[i]! / scale) + ZERO_NIBBLE))
      const at = (block * BLOCK_LENGTH + i) >> 1
      values[at] = i % 2 === 0 ? (values[at]! & 0xf0) | nibble : (values[at]! & 0x0f) | (nibble << 4)
    }
  }
  return { values, scales }
}

/** A block of zeros needs some scale that is not 0. */
function blockScale(elements: Float32Array): number {
  let extreme = 0
  for (const element of elements) if (Math.abs(element) > Math.abs(extreme)) extreme = element
  return extreme === 0 ? 1 : Math.fround(extreme / -ZERO_NIBBLE)
}
