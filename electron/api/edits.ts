import { z } from 'zod'
import { pixelRectSchema, pixelSizeSchema } from './geometry.ts'
import { blobHashSchema } from './images.ts'
import { pinSchema } from './pins.ts'

/** Largest seed: seeds are unsigned 32-bit so that they can be read out and typed. */
export const MAX_SEED = 0xffff_ffff

/**
 * Tokens an edit begins with instead of the picture's own, over its whole crop. With `step` it goes on where an earlier run
 * stood after so many decode steps; with 0 only what is masked in them is settled, and the edit's own re-masking is left out.
 */
export const startTokensSchema = z.object({
  /** A blob: uint16 little-endian, the tokens of all stages coarse to fine, row-major; NO_TOKEN = still to be predicted. */
  tokens: blobHashSchema,
  step: z.number().int().min(0).default(0),
})
/** Stands in kept tokens for one that is not known: no codebook has so many. */
export const NO_TOKEN = 0xffff

/** 1 is as an added style was trained. */
export const MAX_ADAPTER_STRENGTH = 1.5

/** What every edit takes. A null means "as the pack's defaults say", so that a prompt alone is a request. */
const commonFields = {
  packId: z.string().nullable().default(null),
  prompt: z.string().max(2000).default(''),
  /** Stands in the unconditional branch of guidance. */
  negativePrompt: z.string().max(2000).default(''),
  count: z.number().int().min(1).max(16).default(4),
  /** Candidate i uses seed + i (modulo 2³²) and equals a run of its own. null draws one. */
  seed: z.number().int().min(0).max(MAX_SEED).nullable().default(null),
  /** Decode steps; null scales them with the mask: clamp(round(12·√share), 4, 12). */
  steps: z.number().int().min(1).max(64).nullable().default(null),
  guidanceScale: z.number().min(1).max(20).nullable().default(null),
  /** `linear` raises the guidance from 1 to its scale over the steps and skips the unconditional pass where it has no weight. */
  guidanceRamp: z.enum(['constant', 'linear']).nullable().default(null),
  /** Of all steps, the share that is taken without guidance first, each for half the time. Absent = none. */
  guidanceFrom: z.number().min(0).max(0.9).optional(),
  /** Of so many guided steps one computes what the words change, the others take it from that one. Absent = each does. */
  guidanceReuse: z.number().int().min(1).max(8).optional(),
  /** A style that was added to the pack. Absent = none. The engine fills in its name, for whoever reads the recipe. */
  adapter: z.object({ id: z.string(), strength: z.number().min(0).max(MAX_ADAPTER_STRENGTH), name: z.string().optional() }).optional(),
  /** Which tokens are kept first: the surest, or the next ones in a low-discrepancy order. Absent = the surest. */
  decodingOrder: z.enum(['confidence', 'halton']).optional(),
  /** Tokens that stay as they are said. Those that lie on no cell that may change do nothing. */
  pins: z.array(pinSchema).max(16_384).optional(),
  start: startTokensSchema.optional(),
}

/** In image pixels. A band of one cell is no wider either, on a picture whose cells are. */
export const MAX_EDGE_BAND = 256

/** How an edit of a picture looks at it and writes into it. `cropAround` and `widenMask` show the same before a run. */
const pictureFields = {
  image: blobHashSchema,
  /**
   * How much of the picture around what changes the model is shown on each side: a share of that area's longer side, and
   * two cells at least. More fits in better, less is drawn finer. null = a quarter. An extension shows half a grid, always.
   */
  surroundings: z.number().min(0).max(8).nullable().default(null),
  /** *Detail*: sliding crops at the picture's own resolution, where one crop would have to be enlarged. Slower and finer. */
  isDetailed: z.boolean().default(false),
  /**
   * In image pixels: no edge of the mask falls to 0 within less, so what is drawn fades into what stays. It widens the mask, and
   * what it adds may change too. null = one token cell, 0 = the mask as it is. Nothing where there is no mask.
   */
  edgeBand: z.number().int().min(0).max(MAX_EDGE_BAND).nullable().default(0),
  /** Whether what is drawn is matched in colour to what stays beside it. */
  isColourMatched: z.boolean().default(true),
}

/** What an edit of a picture takes that changes part of its tokens. Without a mask all of the picture may change. */
const wholePictureFields = {
  ...pictureFields,
  mask: blobHashSchema.nullable().default(null),
}

/** The share of tokens that are drawn anew. 0 would change nothing and is refused; 1 keeps none. */
const strengthSchema = z.number().min(0).max(1)

export const generateRequestSchema = z.object({
  kind: z.literal('generate'),
  size: pixelSizeSchema.nullable().default(null),
  ...commonFields,
})

/** Predict again what the mask covers. `image` and `mask` are image ids; the mask's format is `mask8`. */
export const inpaintRequestSchema = z.object({
  kind: z.literal('inpaint'),
  ...pictureFields,
  mask: blobHashSchema,
  ...commonFields,
})

/** Predict what lies in `frame` beyond the picture, and what the mask covers where there is one. `frame` contains the picture. */
export const outpaintRequestSchema = z.object({
  kind: z.literal('outpaint'),
  ...pictureFields,
  frame: pixelRectSchema,
  mask: blobHashSchema.nullable().default(null),
  ...commonFields,
})

/** Draw part of the tokens anew under the same prompt: the picture again, a little different. */
export const varyRequestSchema = z.object({
  kind: z.literal('vary'),
  ...wholePictureFields,
  strength: strengthSchema.default(0.5),
  ...commonFields,
})

/** Fill what the mask covers from its surroundings. No words: `prompt` and `negativePrompt` are ignored. */
export const removeRequestSchema = z.object({
  kind: z.literal('remove'),
  ...pictureFields,
  mask: blobHashSchema,
  ...commonFields,
})

/** Draw the picture anew in the prompt's style, part after part, so that each part keeps to the others. */
export const restyleRequestSchema = z.object({
  kind: z.literal('restyle'),
  ...wholePictureFields,
  strength: strengthSchema.default(0.8),
  /** More rounds change fewer tokens at a time and keep more of what is there. */
  rounds: z.number().int().min(1).max(16).default(3),
  ...commonFields,
})

/**
 * Change the picture to what the prompt says. A pack that takes a reference follows it as an instruction ("add fireworks");
 * else, or where a share is given, a few tokens at a time are drawn anew: Muse's own mask-free editing, of which `steps`
 * counts the turns.
 */
export const retouchRequestSchema = z.object({
  kind: z.literal('retouch'),
  ...wholePictureFields,
  /** Of the tokens that may change, how many each turn draws anew. null = by instruction where the pack can, else Muse's 8 %. */
  share: z.number().positive().max(1).nullable().default(null),
  ...commonFields,
})

/** Predict again all that `subject` does not cover. `subject` is a mask: the more of a pixel it covers, the less of it changes. */
export const replaceBackgroundRequestSchema = z.object({
  kind: z.literal('replace-background'),
  ...pictureFields,
  subject: blobHashSchema,
  ...commonFields,
})

/**
 * The picture at twice its size: the pack's last transformer draws the finer tokens, the picture's own are the coarser ones.
 * A candidate's bounds are twice the picture's; the prompt says what the picture shows.
 */
export const upscaleRequestSchema = z.object({
  kind: z.literal('upscale'),
  image: blobHashSchema,
  ...commonFields,
})

export const editRequestSchema = z.discriminatedUnion('kind', [
  generateRequestSchema,
  inpaintRequestSchema,
  outpaintRequestSchema,
  varyRequestSchema,
  removeRequestSchema,
  restyleRequestSchema,
  retouchRequestSchema,
  replaceBackgroundRequestSchema,
  upscaleRequestSchema,
])
export type EditRequest = z.infer<typeof editRequestSchema>
/** An edit request before the defaults are filled in: what a client sends. */
export type EditRequestInput = z.input<typeof editRequestSchema>
export type EditKind = EditRequest['kind']
export type GenerateRequest = z.infer<typeof generateRequestSchema>
export type InpaintRequest = z.infer<typeof inpaintRequestSchema>
export type OutpaintRequest = z.infer<typeof outpaintRequestSchema>
export type VaryRequest = z.infer<typeof varyRequestSchema>
export type RemoveRequest = z.infer<typeof removeRequestSchema>
export type RestyleRequest = z.infer<typeof restyleRequestSchema>
export type RetouchRequest = z.infer<typeof retouchRequestSchema>
export type ReplaceBackgroundRequest = z.infer<typeof replaceBackgroundRequestSchema>
export type UpscaleRequest = z.infer<typeof upscaleRequestSchema>

/** As far as one more stage goes: it was trained to draw twice as many tokens a side as it sees. */
export const UPSCALE_FACTOR = 2

/** How many times as large the whole picture becomes, side by side; 1 where it is not enlarged. */
export function enlargementOf({ kind }: Pick<EditRequest, 'kind'>): number {
  return kind === 'upscale' ? UPSCALE_FACTOR : 1
}

/** Everything needed to make one candidate again. Written into exported files. */
export const recipeSchema = z.object({
  program: z.literal('Remask'),
  packId: z.string(),
  packVersion: z.string(),
  /** The request with every default filled in; `seed` is this candidate's own and `count` is 1. */
  request: editRequestSchema,
})
export type Recipe = z.infer<typeof recipeSchema>
