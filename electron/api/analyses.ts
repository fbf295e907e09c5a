import { z } from 'zod'
import { engineErrorSchema } from './errors.ts'
import { pixelRectSchema } from './geometry.ts'
import { blobHashSchema } from './images.ts'

/** Most prompts of one analysis: each word of a long prompt left out once. */
const MAX_PROMPTS = 64

/** For comparing words: fewer parts than for judging a picture by itself, so that less of it is seen and the words count. */
export const WORDS_SUBSET_COUNT = 4
/** Of the measured cells, how many "fix the weak ones" repaints. */
export const DEFAULT_WEAK_SHARE = 0.05

/** Of the measured cells, how many a subject found by its words covers at most, where nothing else is said. */
export const DEFAULT_SUBJECT_SHARE = 0.3

/** What is measured. */
const analysisSourceSchema = z.discriminatedUnion('kind', [
  /**
   * All of a picture. At detail `whole` its shorter side is shown to the model at once, as pictures were in training; at
   * `full` every pixel counts and large pictures take many windows.
   */
  z.object({ kind: z.literal('picture'), image: blobHashSchema, detail: z.enum(['whole', 'full']).default('whole') }),
  /** The tokens that a job drew for a candidate. */
  z.object({ kind: z.literal('candidate'), jobId: z.string(), index: z.number().int().min(0) }),
])
export type AnalysisSource = z.infer<typeof analysisSourceSchema>

/** How likely the model finds a picture's tokens, each measured while it is masked, under every prompt. */
export const analysisRequestSchema = z.object({
  packId: z.string().nullable().default(null),
  source: analysisSourceSchema,
  /** The empty one is the model's expectation without words. */
  prompts: z.array(z.string().max(2000)).min(1).max(MAX_PROMPTS),
  /**
   * In how many complementary parts the tokens are masked, so many forward passes each prompt takes. With many, most of the
   * picture stays visible and says what fits beside it; with few, the words count.
   */
  subsetCount: z.number().int().min(1).max(16).default(8),
})
export type AnalysisRequest = z.infer<typeof analysisRequestSchema>
export type AnalysisRequestInput = z.input<typeof analysisRequestSchema>

/** Of the request's prompts, in their order: natural logarithms of probabilities, null for a cell that is not measured. */
const likelihoodsSchema = z.array(z.array(z.number().nullable()))

const cropSchema = z.object({
  x: z.number(),
  y: z.number(),
  cellSize: z.number().positive(),
  rows: z.number().int().min(1),
  columns: z.number().int().min(1),
})

/** Cells to be made a pixel mask, as far as they lie within the bounds. */
export const cellMaskSchema = z.object({
  bounds: pixelRectSchema,
  crop: cropSchema,
  cells: z.array(z.number().int().min(0)).max(1_000_000),
})

export const analysisResultSchema = z.object({
  /** Where the cells lie in the document: [rows × columns], row-major. */
  crop: cropSchema,
  likelihoods: likelihoodsSchema,
})
export type AnalysisResult = z.infer<typeof analysisResultSchema>
/** One value per cell; null where nothing was measured: beyond the picture, or not drawn by the job. */
export type CellLikelihoods = readonly (number | null)[]

export const analysisSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Forward passes; 0 of 0 until the model is loaded. */
  step: z.number().int(),
  stepCount: z.number().int(),
  secondsLeft: z.number().nullable(),
  error: engineErrorSchema.nullable(),
})
/** How far it is; what the event stream tells. The result is fetched when it is done. */
export type Analysis = z.infer<typeof analysisSchema>

/** The mean over the cells that were measured: how well a region fits a prompt, whatever its size. NaN where there are none. */
export function meanLikelihood(likelihoods: CellLikelihoods): number {
  const measured = likelihoods.filter((value) => value !== null)
  return measured.reduce((sum, value) => sum + value, 0) / measured.length
}
