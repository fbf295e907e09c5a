import type { PackChange } from '../../models/importing/extend-pack.ts'
import type { ImportStage } from '../../models/importing/import-checkpoint.ts'
import type { CheckpointFacts } from '../../models/importing/inspect-checkpoint.ts'
import type { EditPlan, TokenPin } from '../../models/sampling/edit-plan.ts'
import type { LikelihoodPlan } from '../../models/sampling/likelihood-run.ts'
import type { EngineErrorWire } from './errors.ts'
import type { PassedOver, Provider, ProviderChoice } from './providers.ts'

/** An RGB raster, 8 bits, interleaved, sRGB. `data` has width × height × 3 bytes. */
export interface RgbRaster {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Engine → inference process. Sent by structured clone, so typed arrays travel as bytes. */
export type InferenceRequest =
  /**
   * Loads a pack so that the first run is quick, and sets threads (0 = all cores), memory (0 = half of the machine's) and what
   * graphs run on for all that follows. `passedOver`: what has ended a process like this one, and is not tried. `packFolder` is absolute, `precision` is `auto` or one of the pack's. A run loads its pack by itself
   * where nobody has.
   */
  | { type: 'load'; packFolder: string; threadCount: number; memoryMiB: number; provider: ProviderChoice; precision: string; passedOver?: readonly PassedOver[] }
  | {
      type: 'run'
      jobId: string
      packFolder: string
      plan: EditPlan
      /** What the crop shows, at the model's scale: columns·f × rows·f. null when all is to be predicted. */
      image: RgbRaster | null
      /** One candidate each. */
      seeds: readonly number[]
    }
  /** Takes effect before the next step. With `keep`, what is still masked is drawn at once and the results are sent. */
  | { type: 'cancel'; jobId: string; keep: boolean }
  /**
   * How likely the model finds a picture's tokens. Goes on between other requests, one forward pass at a time, so that a run
   * need not wait for it. `source` is what the plan's canvas shows: a picture at the model's scale, or the tokens themselves.
   */
  | {
      type: 'measure'
      analysisId: string
      packFolder: string
      plan: LikelihoodPlan
      source: { readonly image: RgbRaster } | { readonly tokens: Uint16Array }
    }
  /** Nothing more is told of it. */
  | { type: 'drop-measuring'; analysisId: string }
  /** Tokens of a candidate that stay from its next step on. Of one that is done it changes nothing. */
  | { type: 'pin'; jobId: string; candidate: number; pins: readonly NewPin[] }
  /** Answered after what was asked for before. */
  | { type: 'ask'; questionId: string; packFolder: string; question: TokenQuestion }

export type NewPin = Omit<TokenPin, 'step'>

/** What can be asked about tokens besides a run. Tokens are of all stages coarse to fine, NO_TOKEN where there is none. */
export type TokenQuestion =
  /** A picture's tokens at the last stage; its sides are multiples of that stage's downsample factor. */
  | { kind: 'encode'; image: RgbRaster }
  /** The picture of tokens; `rows` and `columns` are the last stage's. */
  | { kind: 'decode'; rows: number; columns: number; tokens: Uint16Array }
  /** Each code's mean colour at the last stage: [codebookSize × 3], RGB. */
  | { kind: 'colours' }
export type TokenAnswer =
  | { kind: 'encode'; tokens: Uint16Array }
  | { kind: 'decode'; raster: RgbRaster }
  | { kind: 'colours'; colours: Uint8Array }

/** Inference process → engine. */
export type InferenceEvent =
  /** From now on it tries this or runs on it: should the process die, its driver is suspected. */
  | { type: 'using'; provider: Provider }
  | { type: 'loading'; packFolder: string; progress: number; message: string }
  /** `execution.reason` says in words why it runs as it does. */
  | {
      type: 'loaded'
      packFolder: string
      /** `available`: what could be asked for on this system. */
      execution: { provider: Provider; precision: string; threadCount: number; reason: string; available: readonly string[] }
    }
  | { type: 'load-failed'; packFolder: string; error: EngineErrorWire }
  /**
   * After each decode step of each candidate. `step` counts from 1 over all passes. `stepMs` is this one's wall time without
   * the preview's decode, `graphMs` the share of it inside ONNX Runtime.
   */
  | {
      type: 'step'
      jobId: string
      candidate: number
      step: number
      stepCount: number
      stepMs: number
      graphMs: number
      /** Of the pack, at which it was taken. */
      stage: number
      /** As in `Candidate.trail`: the guess of all stages, then what was kept of it. */
      trail: Uint16Array
    }
  /**
   * A picture of the whole crop as a forming candidate has it: a decode where `isDecoded`, else a colour per token. Until
   * the candidate's first decode it is one pixel per token (columns × rows), afterwards of full size.
   */
  | { type: 'preview'; jobId: string; candidate: number; step: number; raster: RgbRaster; isDecoded: boolean }
  | {
      type: 'result'
      jobId: string
      candidate: number
      raster: RgbRaster
      /** [rows × columns], row-major. */
      tokens: Uint16Array
      /** All that were pinned, by the plan and while it formed. */
      pins: readonly TokenPin[]
      /** As in `Candidate.scores`. */
      likelihood: number | null
      /** How well the crop's picture fits the words, as the pack's ranker finds; null where it has none, or there are no words. */
      similarity: number | null
      stepCount: number
      seconds: number
      isPartial: boolean
    }
  | { type: 'answer'; questionId: string; answer: TokenAnswer }
  | { type: 'ask-failed'; questionId: string; error: EngineErrorWire }
  | { type: 'ended'; jobId: string; wasCancelled: boolean }
  | { type: 'failed'; jobId: string; error: EngineErrorWire }
  /** After each forward pass of a measuring; `stepMs` is its wall time, `graphMs` the share of it inside ONNX Runtime. */
  | { type: 'measure-step'; analysisId: string; step: number; stepCount: number; stepMs: number; graphMs: number }
  /** Of each prompt of the plan, [rows × columns]: natural logarithms of probabilities; NaN where nothing was measured. */
  | { type: 'measured'; analysisId: string; likelihoods: ReadonlyMap<string, Float32Array> }
  | { type: 'measure-failed'; analysisId: string; error: EngineErrorWire }

/**
 * Engine → a process of its own for one model that is being added: reading and trying a model blocks its process, and killing
 * the process is how it is cancelled. All folders are absolute. `budgetBytes`: memory that models may take.
 */
export type ImportRequest =
  | { type: 'inspect'; checkpointFolder: string; budgetBytes: number }
  | {
      type: 'import'
      checkpointFolder: string
      draftFolder: string
      packsFolder: string
      /** null = after the folder. */
      name: string | null
      isCheckpointDiscarded: boolean
      budgetBytes: number
      /** 0 = all cores. */
      threadCount: number
    }
  /** Adds to a pack that is installed. */
  | { type: 'extend'; packFolder: string; change: PackChange; threadCount: number }

/** The process's answers: `inspected`, `imported`, `extended` or `import-failed` ends it. `share` is 0–1. */
export type ImportEvent =
  | { type: 'inspected'; facts: CheckpointFacts }
  | { type: 'importing'; stage: ImportStage; share: number }
  | { type: 'imported'; packId: string }
  | { type: 'extended'; packId: string }
  | { type: 'import-failed'; error: EngineErrorWire }
