import { z } from 'zod'

/** A number format a pack can run in. */
export const precisionOptionSchema = z.object({
  id: z.string(),
  /** Such as “Full precision”. */
  name: z.string(),
  /** Memory that its graphs and weights take when loaded, estimated. */
  memoryBytes: z.number(),
  /** false where it is written when it is chosen first, once. */
  isWritten: z.boolean().default(true),
})
export type PrecisionOption = z.infer<typeof precisionOptionSchema>

/** `auto`, or the id of one of the pack's precisions. */
export const precisionChoiceSchema = z.string().regex(/^[a-z0-9-]+$/)

/** Which precision a pack runs in, and why. */
export const packPrecisionSchema = z.object({
  /** What the user chose: `auto` or an option's id. */
  choice: precisionChoiceSchema,
  /** The id of the option that is used. */
  used: z.string(),
  /** In sentences; also what would suit the machine better. */
  reason: z.string(),
  options: z.array(precisionOptionSchema),
})
export type PackPrecision = z.infer<typeof packPrecisionSchema>

/** A style that was added to a pack: low-rank weights beside its own, used with a strength of 0 to 1.5. */
export const adapterSummarySchema = z.object({ id: z.string(), name: z.string(), bytes: z.number() })
/** What `POST /packs/:id/adapters` takes: a file that was chosen in a dialog, or one whose path was typed. */
export const adapterRequestSchema = z.object({
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('file'), fileId: z.string() }),
    z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
  ]),
  name: z.string().trim().min(1).max(60),
})
export type AdapterRequest = z.infer<typeof adapterRequestSchema>

/**
 * A pack as the interface and the command line see it. Of one that cannot be used only `id`, `name`, `isRemovable` and
 * `problem` say something. The engine reads it from `pack.json` (models/importing/pack.ts).
 */
export const packSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Why it cannot be used and what to do, one sentence; null where it can. */
  problem: z.string().nullable(),
  version: z.string(),
  description: z.string(),
  licence: z.string(),
  attribution: z.string(),
  bytes: z.number(),
  /** Of `bytes`, what is shared with the folder it was imported from and takes no space of its own. */
  sharedBytes: z.number(),
  /** false for the packs that came with the program. */
  isRemovable: z.boolean(),
  precision: packPrecisionSchema,
  adapters: z.array(adapterSummarySchema),
  /** Whether styles can be added to it. */
  takesAdapters: z.boolean(),
  /** Edit kinds the engine can do with the pack. */
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
  /** Whether it follows instructions beside the picture they change. */
  takesReference: z.boolean(),
  /** Ready-made styles for restyling; each has a picture: `GET /packs/:id/styles/:index/thumbnail`. */
  styles: z.array(z.object({ name: z.string(), prompt: z.string() })),
})
export type PackSummary = z.infer<typeof packSummarySchema>

/** What `POST /packs/:id/check-prompt` answers: how the text tokenizer reads a prompt. Offsets are UTF-16 indices into it. */
export const promptCheckSchema = z.object({
  /** Where the text encoder stops reading, or null when all of it fits. */
  cutAt: z.number().int().nullable(),
  unknownWords: z.array(
    z.object({ start: z.number().int(), end: z.number().int(), word: z.string(), nearest: z.array(z.string()) }),
  ),
  /** Whether most of its words mean what the model was never shown. */
  isFar: z.boolean(),
})
export type PromptCheck = z.infer<typeof promptCheckSchema>

export const packVerificationSchema = z.object({
  id: z.string(),
  files: z.array(z.object({ path: z.string(), isIntact: z.boolean(), problem: z.string().nullable() })),
})
export type PackVerification = z.infer<typeof packVerificationSchema>

/** What `GET /packs/:id/card` answers. */
export const packCardSchema = z.object({
  licence: z.string(),
  /** Markdown as published, without its front matter. To be shown as text: nothing in it may be run or fetched. */
  card: z.string().nullable(),
})
export type PackCard = z.infer<typeof packCardSchema>

/** What `POST /packs/:id/folder` answers: where a pack lies, and the id by which the desktop host shows it. */
export const packFolderSchema = z.object({ path: z.string(), fileId: z.string() })
export type PackFolder = z.infer<typeof packFolderSchema>
