import type { LikelihoodPlan } from '../../../models/sampling/likelihood-run.ts'
import { EngineError } from '../../api/errors.ts'
import type { InferenceEvent, InferenceRequest } from '../../api/inference.ts'
import type { InstalledPack } from '../packs/found-packs.ts'

type MeasureRequest = Extract<InferenceRequest, { type: 'measure' }>
export type MeasureEvent = Extract<InferenceEvent, { type: 'measure-step' | 'measured' | 'measure-failed' }>
export type MeasureStep = Extract<InferenceEvent, { type: 'measure-step' }>
type Post = (request: InferenceRequest) => void

/** What one analysis asks of the inference process. */
export interface Measuring {
  readonly analysisId: string
  readonly installed: InstalledPack
  readonly plan: LikelihoodPlan
  readonly source: MeasureRequest['source']
  readonly onStep: (step: MeasureStep) => void
}

interface Waiting {
  readonly measuring: Measuring
  readonly resolve: (likelihoods: ReadonlyMap<string, Float32Array> | undefined) => void
  readonly reject: (error: EngineError) => void
}

/** The measurings that the inference process has been asked for and has not ended. */
export class Measurings {
  readonly #waiting = new Map<string, Waiting>()

  start(measuring: Measuring, post: Post): Promise<ReadonlyMap<string, Float32Array> | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(measuring.analysisId, { measuring, resolve, reject })
      post(toRequest(measuring))
    })
  }

  cancel(analysisId: string, post: Post): void {
    if (!this.#waiting.has(analysisId)) return
    post({ type: 'drop-measuring', analysisId })
    this.#take(analysisId)?.resolve(undefined)
  }

  hear(event: MeasureEvent): void {
    this.#handlers[event.type](event as never)
  }

  /** For a process that was started in place of another. */
  postAll(post: Post): void {
    for (const { measuring } of this.#waiting.values()) post(toRequest(measuring))
  }

  rejectAll(error: EngineError): void {
    for (const analysisId of [...this.#waiting.keys()]) this.#take(analysisId)?.reject(error)
  }

  readonly #handlers: { [T in MeasureEvent['type']]: (event: Extract<MeasureEvent, { type: T }>) => void } = {
    'measure-step': (event) => this.#waiting.get(event.analysisId)?.measuring.onStep(event),
    'measured': ({ analysisId, likelihoods }) => this.#take(analysisId)?.resolve(likelihoods),
    'measure-failed': ({ analysisId, error }) => this.#take(analysisId)?.reject(EngineError.fromWire(error)),
  }

  #take(analysisId: string): Waiting | undefined {
    const taken = this.#waiting.get(analysisId)
    this.#waiting.delete(analysisId)
    return taken
  }
}

function toRequest({ analysisId, installed, plan, source }: Measuring): MeasureRequest {
  return { type: 'measure', analysisId, packFolder: installed.folder, plan, source }
}
