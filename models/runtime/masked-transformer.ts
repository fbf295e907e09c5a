import type { Conditioning } from './text-encoder.ts'
import type { TokenGrid } from './vq-tokenizer.ts'

/** Stands in a token grid for a token that is still to be predicted, whatever id the graph has for it. */
export const MASK_TOKEN = -1

/** One term of the guided logits: Σ weight · logits(conditioning). The weights of a call sum to 1. */
export interface WeightedConditioning {
  readonly conditioning: Conditioning
  readonly weight: number
}

/** What a transformer may look at besides the prompt. */
export interface StageContext {
  /** The coarser stage's tokens over the same part of the picture. Absent at a pack's first stage. */
  readonly coarser?: TokenGrid
  /** Tokens of the picture that an instruction changes, over the same part of it. Absent = there is none. */
  readonly reference?: TokenGrid
  /** Where the grid lies in the token canvas: some models are told of which picture they see which part. Absent = all of it. */
  readonly placement?: GridPlacement
  /** Decode steps of the pass after this one: some models are told how far they are. */
  readonly stepsLeft?: number
}

/** In tokens. */
export interface GridPlacement {
  readonly canvasRows: number
  readonly canvasColumns: number
  readonly row: number
  readonly column: number
}

/** Predicts the logits of all masked tokens at once. */
export interface MaskedTransformer {
  readonly codebookSize: number
  /**
   * @param grid  MASK_TOKEN stands where a token is to be predicted; its size is one the stage takes.
   * @param terms  at least one, none of weight 0 (see sampling/guidance.ts): each is one forward pass.
   * @returns [maskedCount × codebookSize], row-major, in the order of the masked positions; unnormalised.
   */
  predict(grid: TokenGrid, terms: readonly WeightedConditioning[], context: StageContext): Promise<Float32Array>
}
