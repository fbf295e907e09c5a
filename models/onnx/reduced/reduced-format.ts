import type { StoredType } from '../../checkpoint/safetensors.ts'
import type { Value } from '../graph.ts'
import type { ElementType } from '../model-file.ts'

/** One tensor of what a reduced weight is written as. */
export interface PartLayout {
  /** Follows the weight's name. */
  readonly suffix: string
  readonly type: ElementType
  readonly dims: readonly number[]
  readonly byteLength: number
}

/** How linear layers' weights are written with fewer bits, and how a graph multiplies by them. One member for each precision. */
export interface ReducedFormat {
  /** Weights stored so are multiplied where they lie: nothing needs to be written of them. Absent = none are. */
  readonly storedAs?: StoredType
  /** What a weight [outCount × inCount] becomes. */
  layOut(outCount: number, inCount: number): readonly PartLayout[]
  /** The bytes of each part. @param weight  [outCount × inCount], as PyTorch keeps it. */
  encode(weight: Float32Array, outCount: number): readonly Uint8Array[]
  /** What layers over the same rows have in common: computed once. @param rows  float32 [rows × inCount] */
  readRows(rows: Value): readonly Value[]
  /** rows · weightᵀ: float32 [rows × outCount]. @param parts  as `layOut` says, in its order. */
  multiply(rows: readonly Value[], parts: readonly Value[], outCount: number, inCount: number): Value
}
