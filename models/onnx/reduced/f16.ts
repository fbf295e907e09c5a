import { narrowToHalfFloats } from '../../checkpoint/half-floats.ts'
import { cast } from '../arithmetic.ts'
import { matMulTransposed } from '../products.ts'
import type { ReducedFormat } from './reduced-format.ts'

/**
 * Half precision for graphics cards: the products are computed in 16 bits, what lies between them (norms, softmax, sums)
 * stays in 32, where half floats overflow.
 */
export const f16: ReducedFormat = {
  storedAs: 'F16',

  layOut: (outCount, inCount) => [
    { suffix: 'f16', type: 'float16', dims: [outCount, inCount], byteLength: 2 * inCount * outCount },
  ],

  encode: (weight) => [new Uint8Array(narrowToHalfFloats(weight).buffer)],

  readRows: (rows) => [cast(rows, 'float16')],

  multiply: ([rows], [weight]) => cast(matMulTransposed(rows!, weight!, null), 'float32'),
}
