import { z } from 'zod'
import type { Analysis } from './analyses.ts'
import { editRequestSchema, recipeSchema } from './edits.ts'
import { engineErrorSchema } from './errors.ts'
import { pixelRectSchema } from './geometry.ts'
import { blobHashSchema } from './images.ts'
import type { Install } from './installs.ts'
import type { Provider } from './providers.ts'

export const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted'])
export type JobState = z.infer<typeof jobStateSchema>

/** The exactness receipt: counted by comparing every byte of the new picture with the old one. */
export const receiptSchema = z.object({
  pixelCount: z.number().int(),
  untouchedPixelCount: z.number().int(),
  /** Pixels outside the shown mask that differ. 0, or the program has a bug and says so. */
  strayPixelCount: z.number().int(),
})
export type Receipt = z.infer<typeof receiptSchema>

export const candidateSchema = z.object({
  index: z.number().int(),
  recipe: recipeSchema,
  /** The whole picture with this candidate in it, and its bounds. */
  imageId: blobHashSchema,
  bounds: pixelRectSchema,
  /** What the transformer drew, before blending: raw RGB of `cropRect` at the model's scale, and its tokens (uint16, row-major). */
  patch: blobHashSchema,
  patchSize: z.object({ width: z.number().int(), height: z.number().int() }),
  tokens: blobHashSchema,
  receipt: receiptSchema.nullable(),
  /**
   * Every decode step's tokens, a blob: uint16 little-endian, for each step first the model's guess, then what was kept of it
   * (NO_TOKEN = masked again), each of all stages coarse to fine. `rows` and `columns` are the last stage's. Of a run so long
   * that this would be more than 8 MB, the last step alone.
   */
  trail: z
    .object({ blob: blobHashSchema, stepCount: z.number().int(), rows: z.number().int(), columns: z.number().int() })
    .optional(),
  /** What best match first goes by. null = not known. */
  scores: z
    .object({
      /** How well the picture fits the words, as the pack's ranker finds: larger is better. */
      similarity: z.number().nullable(),
      /** How likely the model found what it drew, when it drew it: mean natural logarithm of probabilities. */
      likelihood: z.number().nullable(),
    })
    .optional(),
  stepCount: z.number().int(),
  /** True where it was kept from a cancelled run: the steps left were drawn at once. */
  isPartial: z.boolean(),
  seconds: z.number(),
})
export type Candidate = z.infer<typeof candidateSchema>

export const jobSchema = z.object({
  id: z.string(),
  documentId: z.string().nullable(),
  /** Of a document that was copied: another job, the original, has the same id. */
  isCopy: z.literal(true).optional(),
  /** With every default filled in, so that a retry is the same job. */
  request: editRequestSchema,
  state: jobStateSchema,
  createdAt: z.iso.datetime(),
  /** Where in the document the model works, known once planned: candidates and previews are shown there. */
  cropRect: pixelRectSchema.nullable(),
  /** Image pixels per token cell of it. */
  cellSize: z.number().int().optional(),
  step: z.number().int(),
  stepCount: z.number().int(),
  secondsLeft: z.number().nullable(),
  /** Such as loading the model; shown with the progress. */
  phase: z.enum(['waiting', 'loading', 'encoding', 'predicting', 'decoding', 'ended']),
  candidates: z.array(candidateSchema),
  error: engineErrorSchema.nullable(),
})
export type Job = z.infer<typeof jobSchema>

/** One message of `GET /events`. A snapshot comes first, then changes; `heartbeat` every 15 s. */
export type EngineEvent =
  | { type: 'snapshot'; jobs: Job[]; model: ModelState; installs: Install[] }
  | { type: 'job'; job: Job }
  /** A newer preview of a forming candidate: fetch `/jobs/:id/previews/:index`. */
  | { type: 'preview'; jobId: string; index: number; step: number }
  | { type: 'model'; model: ModelState }
  /** Its driver ended the process that runs models; from now on something else is used. */
  | { type: 'provider-crashed'; provider: Provider }
  /** A model on its way; `done` and `cancelled` are told once. */
  | { type: 'install'; install: Install }
  /** A pack came, went, or runs in another precision: fetch the list again. */
  | { type: 'packs' }
  /** Its result, once it is done: `/analyses/:id/result`. */
  | { type: 'analysis'; analysis: Analysis }
  | { type: 'heartbeat' }

/** How far the pack in use is loaded, for the progress line. */
export interface ModelState {
  packId: string | null
  state: 'idle' | 'loading' | 'ready' | 'failed'
  /** 0–1 */
  progress: number
  message: string | null
  /** How it runs once it is ready; null before. */
  execution: ModelExecution | null
}

export interface ModelExecution {
  readonly provider: Provider
  /** Why it runs as it does, what was tried before and with what result: sentences. */
  readonly reason: string
  /** What could be asked for on this system, by ONNX Runtime's names. */
  readonly available: readonly string[]
}
