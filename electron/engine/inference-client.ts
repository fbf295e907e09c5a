import type { EditPlan } from '../../models/sampling/edit-plan.ts'
import type { InferenceEvent, RgbRaster } from '../api/inference.ts'
import type { ModelState } from '../api/jobs.ts'
import type { InstalledPack } from './packs.ts'

/** What one job asks of the inference process. */
export interface InferenceRun {
  readonly jobId: string
  readonly installed: InstalledPack
  readonly plan: EditPlan
  readonly image: RgbRaster | null
  readonly seeds: readonly number[]
}

export type RunEvent = Extract<InferenceEvent, { type: 'step' | 'preview' | 'result' | 'loading' }>

/** The inference process, kept running: started on first use, started again when it dies. */
export interface InferenceClient {
  readonly model: ModelState
  /** Loads a pack in the background; never rejects, see `model`. */
  load(installed: InstalledPack): void
  /**
   * One run at a time. Events come in order. Resolves when all candidates are made or it was cancelled; rejects with the
   * EngineError of the run, or with `inference-stopped` when the process died.
   */
  run(run: InferenceRun, onEvent: (event: RunEvent) => void): Promise<{ wasCancelled: boolean }>
  /** Takes effect before the next step, or by killing the process when that takes longer than a second. */
  cancel(jobId: string, keep: boolean): void
  dispose(): void
}
