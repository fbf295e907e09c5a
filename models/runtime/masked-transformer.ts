import type { Conditioning } from './text-encoder.ts'
import type { TokenGrid } from './vq-tokenizer.ts'

/** One term of the guided logits: Σ weight · logits(conditioning). The weights of a call sum to 1. */
export interface WeightedConditioning {
  readonly conditioning: Conditioning
  readonly weight: number
}

/** Predicts the logits of all masked tokens at once. */
export interface MaskedTransformer {
  readonly codebookSize: number
  /**
   * @param grid  MASK_TOKEN stands where a token is to be predicted; its size is one the stage takes.
   * @param terms  at least one; a term of weight 0 is not computed.
   * @returns [maskedCount × codebookSize], row-major, in the order of the masked positions; unnormalised.
   */
  predict(grid: TokenGrid, terms: readonly WeightedConditioning[]): Promise<Float32Array>
}
