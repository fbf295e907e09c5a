import type { ChosenAdapter } from '../runtime/session.ts'

/**
 * What an edit asks of the pass runner: plain data, made by one small pure function per edit
 * (electron/engine/edits) and carried to the inference process.
 */
export interface EditPlan {
  /** The token canvas: what the crop shows at the last stage, which may be larger than the model's own grid. */
  readonly rows: number
  readonly columns: number
  /** [rows × columns], row-major: 1 = this token may change, 0 = it stays as the picture has it. */
  readonly tokenMask: Uint8Array
  /** Run in order, each over a window of the token canvas. */
  readonly passes: readonly Pass[]
  /** Absent = none. */
  readonly pins?: readonly TokenPin[]
  /** Absent = the run begins with the picture's tokens. */
  readonly start?: StartTokens
  /** The pack's added style it is drawn in. Absent = none. */
  readonly adapter?: ChosenAdapter
}

/** A token of the last stage that stays as it is said. */
export interface TokenPin {
  /** In the token canvas, row-major, where the token mask is 1. */
  readonly position: number
  readonly token: number
  /** Decode steps of the run before it is pinned; 0 = known from the beginning. */
  readonly step: number
}

/** Tokens that a run begins with wherever the token mask is 1. */
export interface StartTokens {
  /** Of all stages, coarse to fine, each row-major; MASK_TOKEN where one is still to be predicted. */
  readonly tokens: Int32Array
  /** Decode steps of the plan that are taken already; 0 = what is masked is predicted from the first step on. */
  readonly step: number
}

/** A rectangle of the token canvas, no larger than the grid the stage takes. */
export interface TokenWindow {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

export interface Pass {
  /** Index into the pack's stages. */
  readonly stage: number
  readonly window: TokenWindow
  readonly remaskRule: RemaskRule
  readonly schedule: 'cosine' | 'linear' | 'arccos'
  readonly stepCount: number
  /** Which of the drawn tokens are kept first: the surest, or those next in a low-discrepancy order. Absent = the surest. */
  readonly decodingOrder?: DecodingOrder
  /**
   * Whether the transformer also sees the tokens the picture had, and follows the prompt as an instruction to change it.
   * Only at stages that take a reference, and with rules that forget nothing before the first pass. Absent = no.
   */
  readonly isReferenced?: boolean
  readonly prompt: string
  readonly negativePrompt: string
  readonly guidance: Guidance
  /** Divides the logits when a token is drawn. Above 0. */
  readonly temperature: number
  /** Chance in which tokens are kept, at the first step; annealed linearly to 0. */
  readonly choiceTemperature: number
  /** Draw only among the k likeliest tokens; null = all. */
  readonly topK: number | null
}

export type DecodingOrder = 'confidence' | 'halton'

/**
 * Which tokens a pass predicts, among those the plan's mask lets change.
 *
 * - `given`: all, and the plan forgets them before its first pass. What was drawn is kept.
 * - `random-share`: at every step a random share of them is masked and drawn at once: Muse's mask-free editing (Chang et
 *   al. 2023, section 2.7). The rest of the picture is seen meanwhile.
 * - `stretch`: before its first step those between two shares of a low-discrepancy order are masked, then drawn over the
 *   steps. Passes with stretches that follow each other are complementary: they redraw each token once. Passes over
 *   several windows with the same stretch, one after the other, mask each token once.
 * - `refine`: like a stretch, of the tokens over those of the coarser stage's stretch: what has been drawn there anew is
 *   drawn anew here.
 */
export type RemaskRule =
  | { readonly kind: 'given' }
  | { readonly kind: 'random-share'; readonly share: number }
  | { readonly kind: 'stretch'; readonly from: number; readonly to: number }
  | { readonly kind: 'refine'; readonly from: number; readonly to: number }

/** w in `uncond + w · (cond − uncond)`; 1 = none. `linear` goes from 1 at the first step to `scale` at the last. */
export interface Guidance {
  readonly scale: number
  readonly ramp: 'constant' | 'linear'
  /** The share of the steps that are taken without guidance first: one forward pass each instead of two. Absent = none. */
  readonly from?: number
  /** Of so many guided steps one computes what the prompt changes, the others take it from that one. Absent = each does. */
  readonly reuse?: number
}
