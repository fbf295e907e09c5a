import { z } from 'zod'
import { PRECISIONS } from '../runtime/session.ts'

/** A plain relative file name: no drive, no leading slash, no `..`, no backslash. Links are refused when the file is opened. */
export const fileNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/)
  .refine((name) => !name.includes('..'), 'may not contain ".."')

/** Which token grids a stage takes. A picture of another size is worked through in windows of the native grid. */
const gridsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), rows: z.number().int().min(1), columns: z.number().int().min(1) }),
  z.object({
    kind: z.literal('free'),
    /** The grid it was trained on: windows of this size are used where memory or quality asks for them. */
    rows: z.number().int().min(1),
    columns: z.number().int().min(1),
    /** Sides must be multiples of it (2 where the transformer halves the grid). */
    multipleOf: z.number().int().min(1),
    maxTokens: z.number().int().min(1),
  }),
])

const stageSchema = z.object({
  /** Image pixels per token along a side. */
  downsampleFactor: z.number().int().min(1),
  /**
   * The VQ graphs see the picture this many times smaller along each side, by means of its pixels: a coarse stage of a
   * cascade then shares the graphs of the fine one. Counted in `downsampleFactor`. Absent = 1.
   */
  pictureShrink: z.number().int().min(1).optional(),
  /** Decode steps of a whole picture at this stage, beside `defaults.steps` of the first. Absent = as many. */
  steps: z.number().int().min(1).optional(),
  /** Guidance beyond it does this stage no good. Absent = no limit. */
  maxGuidanceScale: z.number().min(1).optional(),
  /** How freely this stage's tokens are drawn: below 1 the likelier ones more often. Absent = `defaults.temperature`. */
  temperature: z.number().positive().optional(),
  /**
   * What has been drawn from nothing is drawn again before the next stage, each token `sweeps` times: its tokens are masked in
   * `parts` equal parts, one after the other, and predicted from all others. Mends what did not yet fit when it was drawn.
   */
  redraw: z.object({
    sweeps: z.number().int().min(1),
    parts: z.number().int().min(1),
    /** Decode steps of a part. */
    steps: z.number().int().min(1),
    temperature: z.number().positive(),
  }).optional(),
  codebookSize: z.number().int().min(2).max(65_535),
  /** The id that stands for "not yet known" in this stage's transformer. */
  maskToken: z.number().int().min(0),
  grids: gridsSchema,
  /**
   * How many tokens away from a pixel's own token its colour still depends on, for decoders that look no farther and take any
   * grid: edits then decode only what they change. Absent = on the whole grid.
   */
  decoderReach: z.number().int().min(0).optional(),
  vqEncoder: fileNameSchema,
  vqDecoder: fileNameSchema,
  transformer: fileNameSchema,
  /** The same with most of its weights in another number format: quicker or smaller, a little less exact. */
  variants: z.partialRecord(z.enum(PRECISIONS).exclude(['f32']), fileNameSchema).optional(),
  /**
   * Each code's colour, float32 little-endian [codebookSize × 3], RGB in [0, 1]: for packs whose codebook would take
   * minutes to look at code by code.
   */
  codebookColors: fileNameSchema.optional(),
})

const adapterSchema = z.object({
  /** Ends with the beginning of its weights' sum: a recipe that names it means these weights. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  name: z.string().min(1),
  weights: fileNameSchema,
  /** For each graph it changes, by file name, the one that is run instead. */
  graphs: z.record(fileNameSchema, fileNameSchema),
})

/** `pack.json`, the description of something installed and runnable. Version of the format: `format`. */
const describedSchema = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  name: z.string().min(1),
  version: z.string().min(1),
  description: z.string(),
  family: z.string(),
  licence: z.string(),
  attribution: z.string(),
  /** Coarse to fine; the last one's tokens become pixels. */
  stages: z.array(stageSchema).min(1),
  textEncoder: z.object({
    graph: fileNameSchema,
    /** Read by the family: the kind of text tokenizer and its files. */
    tokenizer: z.looseObject({ kind: z.string() }),
    /** Text tokens it takes, with the special ones. */
    maxTokens: z.number().int().min(1),
    width: z.number().int().min(1),
  }),
  /** For graphs whose weights lie in other files, how many bytes of them each takes; by file name. */
  externalWeightBytes: z.record(z.string(), z.number().int().min(0)).optional(),
  /**
   * What more graphs can be built from: by part of the checkpoint (`transformer`, …) its config as published, and its weights
   * among the pack's files. Absent = the pack's graphs are all there are.
   */
  checkpoint: z.record(z.string(), z.object({ config: z.record(z.string(), z.unknown()), weights: z.array(fileNameSchema) })).optional(),
  /** What only the family knows the meaning of. It checks it itself. */
  familySettings: z.record(z.string(), z.unknown()).optional(),
  ranker: z.object({ graph: fileNameSchema, imageSize: z.number().int() }).nullable(),
  /** Every file of the pack but pack.json. */
  files: z.array(z.object({
    path: fileNameSchema,
    bytes: z.number().int().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Where it takes no space of its own, because the folder it was imported from has the same bytes on the disk. */
    sharedBy: z.enum(['reflink', 'hard-link']).optional(),
  })),
  defaults: z.object({
    width: z.number().int().min(1),
    height: z.number().int().min(1),
    /** Decode steps of a whole picture. */
    steps: z.number().int().min(1),
    guidanceScale: z.number().min(1),
    guidanceRamp: z.enum(['constant', 'linear']),
    temperature: z.number().positive(),
    choiceTemperature: z.number().min(0),
  }),
  /** The only edits to be offered with it; absent = all that the program knows. */
  edits: z.array(z.string()).optional(),
  /** Whether the transformer takes a reference picture's tokens beside the prompt. */
  takesReference: z.boolean(),
  examplePrompts: z.array(z.string()).default([]),
  /** Ready-made styles for restyling. `thumbnail`: a small picture of what the style does. */
  styles: z.array(z.object({ name: z.string().min(1), prompt: z.string().min(1), thumbnail: fileNameSchema })).default([]),
  /** Styles that were added: low-rank weights beside the pack's own. */
  adapters: z.array(adapterSchema).default([]),
})
type Described = z.infer<typeof describedSchema>

/** Files that are used but not listed would escape every check of their bytes. */
export const packSchema = describedSchema.refine((pack) => usedFiles(pack).every((name) => isListed(pack, name)), {
  message: 'every file that is used must be listed in "files"',
})
export type Pack = z.infer<typeof packSchema>
export type PackStage = Pack['stages'][number]
export type PackGrids = PackStage['grids']
export type PackAdapter = Pack['adapters'][number]

function usedFiles({ stages, textEncoder, ranker, styles, adapters, checkpoint = {} }: Described): string[] {
  const graphs = stages.flatMap(({ vqEncoder, vqDecoder, transformer }) => [vqEncoder, vqDecoder, transformer])
  const variants = stages.flatMap((stage) => Object.values(stage.variants ?? {}))
  const colors = stages.flatMap(({ codebookColors }) => codebookColors ?? [])
  const thumbnails = styles.map(({ thumbnail }) => thumbnail)
  const added = adapters.flatMap((adapter) => [adapter.weights, ...Object.values(adapter.graphs)])
  const weights = Object.values(checkpoint).flatMap((part) => part.weights)
  return [...graphs, ...variants, ...colors, ...thumbnails, ...added, ...weights, textEncoder.graph, ...(ranker === null ? [] : [ranker.graph])]
}

function isListed({ files }: Described, name: string): boolean {
  return files.some(({ path }) => path === name)
}
