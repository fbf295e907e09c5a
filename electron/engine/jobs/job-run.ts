import { EngineError } from '../../api/errors.ts'
import type { InferenceEvent } from '../../api/inference.ts'
import type { Job } from '../../api/jobs.ts'
import { JOB_ERRORS } from '../../api/strings/jobs.ts'
import type { Pin } from '../../api/pins.ts'
import { cropRect } from '../../api/token-cells.ts'
import { readCropView } from '../blending/crop-view.ts'
import { toModelRaster } from '../blending/model-view.ts'
import { seedOf } from './candidate-request.ts'
import { makeCandidate, type CandidateTools } from './candidates.ts'
import { lastStage } from '../edits/pack-geometry.ts'
import { keepFittingPins } from '../edits/pins.ts'
import type { RunEvent } from '../inference-client/inference-client.ts'
import { JobProgress } from './job-progress.ts'
import type { JobQueueOptions } from './job-queue.ts'
import { EditClock } from './edit-timing.ts'
import { FormingTrail } from './kept-trail.ts'
import { reportUnwritable, type JobRecord, type JobRecords } from './job-records.ts'
import { prepareEdit, type PreparedEdit } from './prepare-edit.ts'
import { listStageSteps } from './stage-steps.ts'

export interface RunningJob {
  /** Never rejects: how it ended is in the record. */
  readonly ended: Promise<void>
  cancel(keep: boolean): void
  pin(index: number, pins: readonly Pin[]): void
}

interface Control {
  isCancelled: boolean
  /** undefined until it predicts. */
  pin?: (index: number, pins: readonly Pin[]) => void
}

/** Runs one job from its record to its end: prepares, predicts, blends each candidate as it comes. */
export function runJob(options: JobQueueOptions, records: JobRecords, record: JobRecord): RunningJob {
  const control: Control = { isCancelled: false }
  return {
    ended: runToEnd(options, records, record, control),
    cancel(keepsResults) {
      control.isCancelled = true
      options.inference.cancel(record.job.id, keepsResults)
    },
    pin: (index, pins) => control.pin?.(index, pins),
  }
}

async function runToEnd(
  options: JobQueueOptions,
  records: JobRecords,
  record: JobRecord,
  control: Control,
): Promise<void> {
  const end = async (change: Partial<Job>) => {
    record.previews.clear()
    record.trails.clear()
    await records.keep(record, { phase: 'ended', secondsLeft: null, ...change })
  }
  try {
    await records.keep(record, { state: 'running', phase: 'encoding', step: 0 })
    const wasCancelled = await predict(options, records, record, control)
    await end({ state: wasCancelled ? 'cancelled' : 'done' })
  } catch (thrown) {
    const error = EngineError.from(thrown)
    if (error.code === 'internal') console.error(error.cause)
    const state = error.code === 'inference-stopped' ? 'interrupted' : 'failed'
    await end({ state, error: error.toWire() }).catch(reportUnwritable)
  }
}

/** @returns whether it was cancelled. */
async function predict(
  options: JobQueueOptions,
  records: JobRecords,
  record: JobRecord,
  control: Control,
): Promise<boolean> {
  const { inference, packs, tools, timings } = options
  const clock = new EditClock(performance.now())
  const edit = await prepareEdit({ packs, ...tools }, record.job.request)
  const image = await readModelImage(tools, edit)
  if (control.isCancelled) return true
  const made = new Set(record.job.candidates.map(({ index }) => index))
  const indexes = Array.from({ length: edit.request.count }, (_, index) => index).filter((index) => !made.has(index))
  const { pack } = edit.installed
  const progress = new JobProgress(timings.find(pack), indexes.length, listStageSteps(edit.planned.plan))
  const listener = new RunListener(options, records, record, edit, indexes, progress, clock)
  control.pin = (index, pins) => inference.pin(record.job.id, indexes.indexOf(index), keepFittingPins(pins, edit.planned.crop, edit.planned.plan).plan.pins ?? [])
  const seeds = indexes.map((index) => seedOf(edit.request, index))
  const { wasCancelled } = await inference
    .run({ jobId: record.job.id, installed: edit.installed, plan: edit.planned.plan, image, seeds }, (event) =>
      listener.hear(event),
    )
    // Candidates that came before the process died are kept too.
    .finally(() => listener.settled)
  if (progress.measured) await timings.note(pack, progress.measured)
  const timing = wasCancelled ? undefined : clock.summarize(edit.planned.plan, performance.now())
  if (timing) await timings.noteEdit(pack, edit.request.kind, timing)
  return wasCancelled
}

async function readModelImage({ images, colour }: CandidateTools, { picture, planned, installed }: PreparedEdit) {
  if (picture === null) return null
  const { downsampleFactor } = lastStage(installed.pack)
  const { rows, columns } = planned.crop
  const size = { width: columns * downsampleFactor, height: rows * downsampleFactor }
  return toModelRaster(await readCropView(images, picture, cropRect(planned.crop), size), picture, colour)
}

type Handlers = { [T in RunEvent['type']]: (event: Extract<RunEvent, { type: T }>) => void }

/** Turns what the inference process tells into progress, previews and candidates. */
class RunListener {
  readonly #options: JobQueueOptions
  readonly #records: JobRecords
  readonly #record: JobRecord
  readonly #edit: PreparedEdit
  /** Of the candidates that are made in this run; the inference process counts from 0. */
  readonly #indexes: readonly number[]
  readonly #progress: JobProgress
  readonly #clock: EditClock
  #blending: Promise<void> = Promise.resolve()

  constructor(
    options: JobQueueOptions,
    records: JobRecords,
    record: JobRecord,
    edit: PreparedEdit,
    indexes: readonly number[],
    progress: JobProgress,
    clock: EditClock,
  ) {
    this.#options = options
    this.#records = records
    this.#record = record
    this.#edit = edit
    this.#indexes = indexes
    this.#progress = progress
    this.#clock = clock
  }

  /** When all candidates that came are kept. Rejects when one could not be. */
  get settled(): Promise<void> {
    return this.#blending
  }

  hear(event: RunEvent): void {
    this.#handlers[event.type](event as never)
  }

  readonly #handlers: Handlers = {
    loading: () => {
      this.#clock.noteLoading()
      this.#records.update(this.#record, { phase: 'loading' })
    },
    step: ({ candidate, stepMs, stepCount, stage, trail }) => {
      this.#clock.noteStep(stage, stepMs, performance.now())
      const index = this.#indexes[candidate]!
      const forming = this.#record.trails.get(index) ?? new FormingTrail(this.#edit.planned.crop)
      forming.add(trail, stepCount)
      this.#record.trails.set(index, forming)
      this.#progress.noteStep(stage, stepMs, stepCount, performance.now())
      const { step, stepCount: total, secondsLeft } = this.#progress
      this.#records.update(this.#record, { phase: 'predicting', step, stepCount: total, secondsLeft })
    },
    preview: ({ candidate, raster, step }) => {
      const index = this.#indexes[candidate]!
      this.#record.previews.set(index, { ...raster, step })
      this.#options.events.publish({ type: 'preview', jobId: this.#record.job.id, index, step })
    },
    result: (event) => {
      this.#progress.noteResult(performance.now())
      this.#clock.noteResult(performance.now())
      const { step, stepCount } = this.#progress
      if (step >= stepCount) this.#records.update(this.#record, { phase: 'decoding' })
      // One after another, beside the prediction of the next.
      this.#blending = this.#blending.then(() => this.#keepCandidate(event))
      // A full disk, for instance: what is still to come could not be kept either. `settled` tells.
      this.#blending.catch(() => this.#options.inference.cancel(this.#record.job.id, false))
    },
  }

  async #keepCandidate(result: Extract<InferenceEvent, { type: 'result' }>): Promise<void> {
    const index = this.#indexes[result.candidate]!
    const candidate = await makeCandidate(this.#options.tools, this.#edit, this.#record.trails.get(index)?.join(), index, result)
    const strayCount = candidate.receipt?.strayPixelCount ?? 0
    if (strayCount > 0) console.error(JOB_ERRORS.strayPixels(strayCount))
    const candidates = [...this.#record.job.candidates, candidate].sort((a, b) => a.index - b.index)
    this.#record.previews.delete(index)
    this.#record.trails.delete(index)
    await this.#records.keep(this.#record, { candidates, secondsLeft: this.#progress.secondsLeft })
  }
}
