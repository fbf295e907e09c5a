import { z } from 'zod'

/** A pack as the interface and the command line see it. The engine reads it from `pack.json` (models/importing/pack.ts). */
export const packSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string(),
  licence: z.string(),
  attribution: z.string(),
  bytes: z.number(),
  /** Edit kinds the pack declares. */
  edits: z.array(z.string()),
  /** The last stage's geometry: what the token cells on the canvas follow. */
  downsampleFactor: z.number().int(),
  gridRows: z.number().int(),
  gridColumns: z.number().int(),
  hasFixedGrid: z.boolean(),
  defaultSize: z.object({ width: z.number().int(), height: z.number().int() }),
  defaultGuidanceScale: z.number(),
  defaultSteps: z.number().int(),
  examplePrompts: z.array(z.string()),
})
export type PackSummary = z.infer<typeof packSummarySchema>

/** What `POST /packs/:id/check-prompt` answers: how the text tokenizer reads a prompt. Offsets are UTF-16 indices into it. */
export const promptCheckSchema = z.object({
  /** Where the text encoder stops reading, or null when all of it fits. */
  cutAt: z.number().int().nullable(),
  unknownWords: z.array(
    z.object({ start: z.number().int(), end: z.number().int(), word: z.string(), nearest: z.array(z.string()) }),
  ),
})
export type PromptCheck = z.infer<typeof promptCheckSchema>

export const packVerificationSchema = z.object({
  id: z.string(),
  files: z.array(z.object({ path: z.string(), isIntact: z.boolean(), problem: z.string().nullable() })),
})
export type PackVerification = z.infer<typeof packVerificationSchema>
