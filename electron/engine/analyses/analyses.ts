import { randomUUID } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Analysis, AnalysisRequest, AnalysisResult, CellLikelihoods } from '../../api/analyses.ts'
import { EngineError } from '../../api/errors.ts'
import { ANALYSIS_ERRORS } from '../../api/strings/analyses.ts'
import type { EventHub } from '../jobs/event-hub.ts'
import type { InferenceClient } from '../inference-client/inference-client.ts'
import { prepareAnalysis, type AnalysisTools, type PreparedAnalysis } from './prepare-analysis.ts'

export interface AnalysesOptions extends AnalysisTools {
  readonly inference: Pick<InferenceClient, 'measure' | 'cancelMeasuring'>
  readonly events: Pick<EventHub, 'publish'>
}

interface AnalysisRecord {
  analysis: Analysis
  result: AnalysisResult | undefined
}

/** Cells of all results that are kept: 4 million of them are about 64 MB. */
const MAX_CACHED_CELLS = 4_000_000
/** A window fetches a result as soon as it is told of it; later ones find the likelihoods in the cache. */
const MAX_KEPT_ANALYSES = 100

/**
 * Measurings of likelihoods: told of by events, cancelled by name, one forward pass at a time between the jobs. What was
 * measured once is kept, one prompt at a time, under all that it depends on. All methods throw `not-found` for an
 * analysis that is not known.
 */
export class Analyses {
  readonly #options: AnalysesOptions
  readonly #records = new LRUCache<string, AnalysisRecord>({ max: MAX_KEPT_ANALYSES })
  readonly #measured = new LRUCache<string, CellLikelihoods>({
    maxSize: MAX_CACHED_CELLS,
    sizeCalculation: ({ length }) => length,
  })

  constructor(options: AnalysesOptions) {
    this.#options = options
  }

  /** What cannot work is refused here. Done at once where all has been measured before. */
  async add(request: AnalysisRequest): Promise<Analysis> {
    const prepared = await prepareAnalysis(this.#options, request)
    const id = randomUUID()
    const analysis: Analysis = { id, state: 'running', step: 0, stepCount: 0, secondsLeft: null, error: null }
    const record: AnalysisRecord = { analysis, result: undefined }
    this.#records.set(id, record)
    const missing = request.prompts.filter((prompt) => !this.#measured.has(keyOf(prepared, request, prompt)))
    if (missing.length === 0) this.#finish(record, prepared, request)
    else void this.#measure(record, prepared, request, missing)
    return record.analysis
  }

  get(id: string): Analysis {
    return this.#find(id).analysis
  }

  /** Throws `not-found` for one that is not done. */
  result(id: string): AnalysisResult {
    const { result } = this.#find(id)
    if (result === undefined) throw new EngineError('not-found', ANALYSIS_ERRORS.notDone)
    return result
  }

  cancel(id: string): Analysis {
    const record = this.#find(id)
    if (record.analysis.state === 'running') {
      this.#update(record, { state: 'cancelled', secondsLeft: null })
      this.#options.inference.cancelMeasuring(id)
    }
    return record.analysis
  }

  async #measure(record: AnalysisRecord, prepared: PreparedAnalysis, request: AnalysisRequest, missing: readonly string[]) {
    const { installed, crop, tokenMask } = prepared
    const analysisId = record.analysis.id
    try {
      const source = await prepared.readSource()
      if (record.analysis.state !== 'running') return
      const plan = { rows: crop.rows, columns: crop.columns, tokenMask, prompts: missing, subsetCount: request.subsetCount }
      const likelihoods = await this.#options.inference.measure({
        analysisId,
        installed,
        plan,
        source,
        onStep: ({ step, stepCount, stepMs }) =>
          this.#update(record, { step, stepCount, secondsLeft: ((stepCount - step) * stepMs) / 1000 }),
      })
      if (likelihoods === undefined) return
      for (const [prompt, values] of likelihoods) this.#measured.set(keyOf(prepared, request, prompt), toCells(values))
      this.#finish(record, prepared, request)
    } catch (thrown) {
      const error = EngineError.from(thrown)
      if (error.code === 'internal') console.error(error.cause ?? error)
      this.#update(record, { state: 'failed', secondsLeft: null, error: error.toWire() })
    }
  }

  #finish(record: AnalysisRecord, prepared: PreparedAnalysis, request: AnalysisRequest): void {
    const likelihoods = request.prompts.map((prompt) => [...this.#measured.get(keyOf(prepared, request, prompt))!])
    record.result = { crop: prepared.crop, likelihoods }
    this.#update(record, { state: 'done', secondsLeft: 0 })
  }

  #update(record: AnalysisRecord, change: Partial<Analysis>): void {
    record.analysis = { ...record.analysis, ...change }
    this.#options.events.publish({ type: 'analysis', analysis: record.analysis })
  }

  #find(id: string): AnalysisRecord {
    const record = this.#records.get(id)
    if (record === undefined) throw new EngineError('not-found', ANALYSIS_ERRORS.unknown)
    return record
  }
}

function keyOf({ installed: { pack }, contentKey }: PreparedAnalysis, { subsetCount }: AnalysisRequest, prompt: string): string {
  return JSON.stringify([pack.id, pack.version, contentKey, subsetCount, prompt])
}

/** Rounded to what single precision can tell of one graph run from another. */
function toCells(values: Float32Array): CellLikelihoods {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : Math.round(value * 1e4) / 1e4))
}
