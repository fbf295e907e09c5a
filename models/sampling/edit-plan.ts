/**
 * What an edit asks of the pass runner: plain data, made by one small pure function per edit
 * (electron/engine/edits) and carried to the inference process.
 */
export interface EditPlan {
  /** The token canvas: what the crop shows at the last stage, which may be larger than the model's own grid. */
  readonly rows: number
  readonly columns: number
  /** [rows × columns], row-major: 1 = forget this token, 0 = it stays as the picture has it. */
  readonly tokenMask: Uint8Array
  /** Run in order, each over a window of the token canvas. */
  readonly passes: readonly Pass[]
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
  readonly schedule: 'cosine' | 'linear'
  readonly stepCount: number
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

/** `given`: predict the tokens the mask forgets and keep every other for good. Further rules come with the edits that need them. */
export type RemaskRule = { readonly kind: 'given' }

/** w in `uncond + w · (cond − uncond)`; 1 = none. `linear` goes from 1 at the first step to `scale` at the last. */
export interface Guidance {
  readonly scale: number
  readonly ramp: 'constant' | 'linear'
}
