import { BLOCK_LENGTH, quantizeBlocks } from '../../checkpoint/quantize.ts'
import type { ReducedFormat } from './reduced-format.ts'

/** ONNX Runtime's own operators. */
const CONTRIBUTED = 'com.microsoft'

/** How the product is computed: 4 = what is multiplied is rounded to 8 bits, block by block. Several times as quick as without. */
const ACCURACY_LEVEL = 4

/** Four bits in blocks of 32 along the input, each with a scale of its own. Only the weights are rounded so far. */
export const int4: ReducedFormat = {
  layOut(outCount, inCount) {
    const blockCount = Math.ceil(inCount / BLOCK_LENGTH)
    const valueBytes = BLOCK_LENGTH / 2
    return [
      { suffix: 'int4', type: 'uint8', dims: [outCount, blockCount, valueBytes], byteLength: outCount * blockCount * valueBytes },
      { suffix: 'scales', type: 'float32', dims: [outCount * blockCount], byteLength: 4 * outCount * blockCount },
    ]
  },

  encode(weight, outCount) {
    const { values, scales } = quantizeBlocks(weight, outCount)
    return [values, new Uint8Array(scales.buffer)]
  },

  readRows: (rows) => [rows],

  multiply([rows], [weight, scales], outCount, inCount) {
    const attributes = { K: inCount, N: outCount, bits: 4, block_size: BLOCK_LENGTH, accuracy_level: ACCURACY_LEVEL }
    const result = { type: 'float32', dims: [rows!.dims[0]!, outCount] } as const
    return rows!.graph.node('MatMulNBits', [rows!, weight!, scales!], [result], attributes, CONTRIBUTED)[0]!
  },
}
