import { z } from 'zod'
import { pixelRectSchema } from './geometry.ts'
import { blobHashSchema } from './images.ts'
import { jobSchema } from './jobs.ts'

/**
 * One command of a document's append-only log. The engine keeps it without knowing what it means (renderer/document/commands
 * does), but for `picture`: what the document shows after it, for thumbnails and clean-up. `parent` makes the log a tree:
 * a command after an undo starts a branch.
 */
export const logEntrySchema = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  at: z.iso.datetime(),
  picture: blobHashSchema.nullable(),
  command: z.looseObject({ type: z.string() }),
  /**
   * The pixel mask as it was after an earlier entry, drawn and stored as a `mask8` image: opening a long document need not
   * replay every stroke. Nothing but speed hangs on it.
   */
  maskSnapshot: z.object({ entry: z.string(), imageId: blobHashSchema }).optional(),
})
export type LogEntry = z.infer<typeof logEntrySchema>
export type MaskSnapshot = NonNullable<LogEntry['maskSnapshot']>

/** A line of `log.ndjson`: a command, or the head moved by undo, redo or a jump in the history. */
export const logLineSchema = z.union([
  z.object({ entry: logEntrySchema }),
  z.object({ head: z.string().nullable(), at: z.iso.datetime() }),
])
export type LogLine = z.infer<typeof logLineSchema>

/** What is kept of a window so that a document opens as it was left; not undoable. */
export const documentViewSchema = z.looseObject({
  zoom: z.number().positive(),
  /** The document point in the middle of the canvas, in image pixels. */
  centreX: z.number(),
  centreY: z.number(),
  tool: z.string(),
  prompt: z.string(),
})
export type DocumentView = z.infer<typeof documentViewSchema>

export const documentSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  modifiedAt: z.iso.datetime(),
  /** On disk, counting blobs shared with other documents in full. */
  bytes: z.number(),
  bounds: pixelRectSchema.nullable(),
  /** Changes with the picture: `/documents/:id/thumbnail?v=` stays cacheable. null = nothing to show yet. */
  picture: blobHashSchema.nullable(),
  hasInterruptedJob: z.boolean(),
})
export type DocumentSummary = z.infer<typeof documentSummarySchema>

/** What `POST /documents/:id/open` answers: all that is needed to show a document as it was. */
export const openedDocumentSchema = z.object({
  summary: documentSummarySchema,
  lines: z.array(logLineSchema),
  view: documentViewSchema.nullable(),
  jobs: z.array(jobSchema),
  /** What to tell the user when some of the history was damaged on disk and left out; null when all is whole. */
  damage: z.string().nullable().default(null),
})
export type OpenedDocument = z.infer<typeof openedDocumentSchema>

/** Header that names the window; writes to a document are taken from the window that holds it open. */
export const WINDOW_HEADER = 'remask-window'
