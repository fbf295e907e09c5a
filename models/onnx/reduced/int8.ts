import { quantizeMatrix } from '../../checkpoint/quantize.ts'
import { cast, multiply } from '../arithmetic.ts'
import type { ReducedFormat } from './reduced-format.ts'

/**
 * Eight bits, a scale for each output; what is multiplied is rounded to 8 bits too, by its own smallest and largest
 * element. ONNX Runtime's kernels for it exist on processors only.
 */
export const int8: ReducedFormat = {
  layOut: (outCount, inCount) => [
    // Transposed, as ONNX multiplies.
    { suffix: 'int8', type: 'int8', dims: [inCount, outCount], byteLength: inCount * outCount },
    { suffix: 'scales', type: 'float32', dims: [outCount], byteLength: 4 * outCount },
  ],

  encode(weight, outCount) {
    const { values, scales } = quantizeMatrix(weight, outCount)
    return [new Uint8Array(values.buffer), new Uint8Array(scales.buffer)]
  },

  readRows(rows) {
    return rows.graph.node('DynamicQuantizeLinear', [rows], [
      { type: 'uint8', dims: rows.dims }, { type: 'float32', dims: [] }, { type: 'uint8', dims: [] },
    ])
  },

  multiply([values, scale, zero], [weight, scales], outCount) {
    const [product] = values!.graph.node('MatMulInteger', [values!, weight!, zero!], [
      { type: 'int32', dims: [values!.dims[0]!, outCount] },
    ])
    // Written so that ONNX Runtime makes one kernel of it.
    return multiply(cast(product!, 'float32'), multiply(scale!, scales!))
  },
}
