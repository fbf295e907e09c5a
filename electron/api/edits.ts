import { z } from 'zod'
import { pixelRectSchema, pixelSizeSchema } from './geometry.ts'
import { blobHashSchema } from './images.ts'

/** Largest seed: seeds are unsigned 32-bit so that they can be read out and typed. */
export const MAX_SEED = 0xffff_ffff

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
}

export const generateRequestSchema = z.object({
  kind: z.literal('generate'),
  size: pixelSizeSchema.nullable().default(null),
  ...commonFields,
})

/** Predict again what the mask covers. `image` and `mask` are image ids; the mask's format is `mask8`. */
export const inpaintRequestSchema = z.object({
  kind: z.literal('inpaint'),
  image: blobHashSchema,
  mask: blobHashSchema,
  ...commonFields,
})

/** Predict what lies in `frame` beyond the picture, and what the mask covers where there is one. `frame` contains the picture. */
export const outpaintRequestSchema = z.object({
  kind: z.literal('outpaint'),
  image: blobHashSchema,
  frame: pixelRectSchema,
  mask: blobHashSchema.nullable().default(null),
  ...commonFields,
})

export const editRequestSchema = z.discriminatedUnion('kind', [
  generateRequestSchema,
  inpaintRequestSchema,
  outpaintRequestSchema,
])
export type EditRequest = z.infer<typeof editRequestSchema>
/** An edit request before the defaults are filled in: what a client sends. */
export type EditRequestInput = z.input<typeof editRequestSchema>
export type EditKind = EditRequest['kind']
export type GenerateRequest = z.infer<typeof generateRequestSchema>
export type InpaintRequest = z.infer<typeof inpaintRequestSchema>
export type OutpaintRequest = z.infer<typeof outpaintRequestSchema>

/** Everything needed to make one candidate again. Written into exported files. */
export const recipeSchema = z.object({
  program: z.literal('Remask'),
  packId: z.string(),
  packVersion: z.string(),
  /** The request with every default filled in; `seed` is this candidate's own and `count` is 1. */
  request: editRequestSchema,
})
export type Recipe = z.infer<typeof recipeSchema>
