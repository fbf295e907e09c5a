import { z } from 'zod'
import { engineErrorSchema } from './errors.ts'
import { precisionOptionSchema } from './packs.ts'

/** `owner/name`, or the name alone for the few old repositories without an owner. As the Hub allows them. */
const repositorySchema = z.string().max(200).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/)

/** Where a model's files are. A folder that was chosen in a dialog, one whose path was typed, or a repository of the Hub. */
export const modelSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), folderId: z.string() }),
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }),
  z.object({
    kind: z.literal('hub'),
    repository: repositorySchema,
    /** A branch, a tag or a commit. */
    revision: z.string().min(1).max(200).regex(/^[A-Za-z0-9._/-]+$/).default('main'),
  }),
])
export type ModelSource = z.infer<typeof modelSourceSchema>

/** What this machine lacks for a model. */
export const obstacleSchema = z.object({
  kind: z.enum(['disk', 'memory', 'graphics-card']),
  /** One sentence: what is needed, what is there, what to do. */
  message: z.string(),
  /** An install is refused; otherwise it is a warning. */
  isBlocking: z.boolean(),
})
export type Obstacle = z.infer<typeof obstacleSchema>

/**
 * What `POST /installs/inspect` answers: all that can be known before anything is installed. Of a repository only its small
 * files and the headers of its weights are fetched.
 */
export const modelInspectionSchema = z.object({
  /** What the pack would be called. */
  name: z.string(),
  /** The folder or the repository, in words. */
  origin: z.string(),
  family: z.string(),
  description: z.string(),
  /** As its card states it; null where it does not. */
  licence: z.string().nullable(),
  /** Markdown as published, without its front matter. To be shown as text: nothing in it may be run or fetched. */
  card: z.string().nullable(),
  defaultSize: z.object({ width: z.number().int(), height: z.number().int() }),
  edits: z.array(z.string()),
  precisions: z.array(precisionOptionSchema),
  /** Files that are shared with the folder or downloaded. */
  files: z.array(z.object({ path: z.string(), bytes: z.number() })),
  /** 0 for a folder. */
  downloadBytes: z.number(),
  /** What the finished pack takes on the disk, and what it shares with the folder where `isShared`, or else copies. */
  ownBytes: z.number(),
  weightBytes: z.number(),
  isShared: z.boolean(),
  freeBytes: z.number(),
  obstacles: z.array(obstacleSchema),
})
export type ModelInspection = z.infer<typeof modelInspectionSchema>

/** What `POST /installs` takes. The licence must have been shown and accepted. */
export const installRequestSchema = z.object({
  source: modelSourceSchema,
  /** null = as the inspection says. */
  name: z.string().trim().min(1).max(100).nullable().default(null),
  isLicenceAccepted: z.boolean().default(false),
})
export type InstallRequest = z.input<typeof installRequestSchema>

export const installPhaseSchema = z.enum([
  'waiting', 'looking-up', 'downloading', 'verifying', 'reading', 'sharing', 'quantizing', 'hashing', 'checking', 'ended',
])
export type InstallPhase = z.infer<typeof installPhaseSchema>

/**
 * A model on its way to becoming a pack. It is kept on disk: after a restart it is found `paused`. `offline` goes on by itself
 * as soon as the network is back. Ended ones (`done`, `cancelled`) are told once and are then gone; a `failed` one stays until
 * it is resumed or deleted.
 */
export const installSchema = z.object({
  id: z.string(),
  name: z.string(),
  origin: z.string(),
  state: z.enum(['running', 'paused', 'offline', 'failed', 'done', 'cancelled']),
  phase: installPhaseSchema,
  /** 0–1, over all phases. */
  progress: z.number(),
  downloadedBytes: z.number(),
  downloadBytes: z.number(),
  bytesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Only a download can be paused. */
  isPausable: z.boolean(),
  error: engineErrorSchema.nullable(),
  /** Of the installed pack, once `done`. */
  packId: z.string().nullable(),
  createdAt: z.iso.datetime(),
})
export type Install = z.infer<typeof installSchema>
