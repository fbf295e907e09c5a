import { randomUUID } from 'node:crypto'
import type { Composition } from '../../api/compositions.ts'
import type { EditRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import type { RgbRaster } from '../../api/inference.ts'
import type { BlobHash, ImageId } from '../../api/images.ts'
import type { Pin } from '../../api/pins.ts'
import type { Job } from '../../api/jobs.ts'
import { JOB_ERRORS } from '../../api/strings/jobs.ts'
import { cropRect } from '../../api/token-cells.ts'
import { placeCandidate, type CandidateTools, type PlacedCandidate } from './candidates.ts'
import { composeCandidates } from './compose-candidates.ts'
import type { DocumentJobs } from '../documents/document-jobs.ts'
import type { EventHub } from './event-hub.ts'
import type { InferenceClient } from '../inference-client/inference-client.ts'
import { hasEnded, INTERRUPTED, JobRecords, toRecord, type FormingPreview, type JobRecord } from './job-records.ts'
import { JobProgress } from './job-progress.ts'
import { estimateSeconds } from './edit-timing.ts'
import { runJob, type RunningJob } from './job-run.ts'
import type { JobStore } from './job-store.ts'
import type { PackTimings } from '../packs/pack-timings.ts'
import type { PackLibrary } from '../packs/packs.ts'
import { stepOf, type KeptTrail } from './kept-trail.ts'
import { prepareEdit } from './prepare-edit.ts'
import { listStageSteps } from './stage-steps.ts'
import { wordsOf } from './read-start.ts'

export interface JobQueueOptions {
  readonly store: JobStore
  readonly packs: PackLibrary
  readonly timings: PackTimings
  readonly inference: InferenceClient
  readonly events: EventHub
  readonly tools: CandidateTools
}

export async function openJobQueue(options: JobQueueOptions): Promise<JobQueue> {
  const records = new JobRecords(options.store, options.events)
  await records.load()
  return new JobQueue(options, records)
}

/** Jobs: queued, run one at a time, kept with their documents. All methods throw `not-found` for a job that is not known. */
export class JobQueue implements DocumentJobs {
  readonly #options: JobQueueOptions
  readonly #records: JobRecords
  readonly #waiting: JobRecord[] = []
  #running: { record: JobRecord; run: RunningJob; ended: Promise<void> } | undefined
  #isDisposed = false

  constructor(options: JobQueueOptions, records: JobRecords) {
    this.#options = options
    this.#records = records
  }

  get(jobId: string): Job {
    return this.#records.find(jobId).job
  }

  /** Of all documents: those that were interrupted, and those that changed since the engine started. */
  recent(): Job[] {
    return this.#records.recent()
  }

  /** Plans the edit, so that what cannot work is refused here. Answers when the job is on disk. */
  async add(documentId: string | null, asked: EditRequest): Promise<Job> {
    const { packs, tools, timings } = this.#options
    const { request, planned, installed } = await prepareEdit({ packs, ...tools }, asked)
    const progress = new JobProgress(timings.find(installed.pack), request.count, listStageSteps(planned.plan))
    const record = toRecord({
      id: randomUUID(),
      documentId,
      request,
      state: 'queued',
      createdAt: new Date().toISOString(),
      cropRect: cropRect(planned.crop),
      cellSize: planned.crop.cellSize,
      step: 0,
      stepCount: progress.stepCount,
      secondsLeft: progress.secondsLeft,
      phase: 'waiting',
      candidates: [],
      error: null,
    })
    await this.#records.add(record)
    this.#enqueue(record)
    return record.job
  }

  /** With `keep`, what has formed becomes candidates. Answers when the job has ended; one that has ended before stays as it is. */
  async cancel(jobId: string, keep: boolean): Promise<Job> {
    const record = this.#records.find(jobId)
    await this.#stop(record, keep)
    return record.job
  }

  /** Makes the candidates an interrupted, failed or cancelled job still lacks. */
  async retry(jobId: string): Promise<Job> {
    const record = this.#records.find(jobId)
    const { job } = record
    if (job.state === 'done') throw new EngineError('invalid-request', JOB_ERRORS.alreadyDone)
    if (!hasEnded(job)) return job
    const candidates = job.candidates.filter(({ isPartial }) => !isPartial)
    await this.#records.keep(record, { state: 'queued', phase: 'waiting', step: 0, error: null, candidates })
    // Asked for twice at once, it runs once.
    if (!this.#waiting.includes(record) && this.#running?.record !== record) this.#enqueue(record)
    return record.job
  }

  /** The newest picture of a candidate that is forming; undefined where it no longer forms, or not yet. */
  preview(jobId: string, index: number): FormingPreview | undefined {
    return this.#records.find(jobId).previews.get(index)
  }

  /** How long a request would take; null where nothing like it has run on this machine. Throws what `add` throws. */
  async estimate(asked: EditRequest): Promise<number | null> {
    const { packs, tools, timings } = this.#options
    const { request, planned, installed } = await prepareEdit({ packs, ...tools }, asked)
    const timing = timings.findEdit(installed.pack, request.kind)
    return timing === undefined ? null : estimateSeconds(timing, planned.plan, request.count)
  }

  /** Keeps cells of a candidate as they are from its next step on. Of one that no longer forms, or not yet, it changes nothing. */
  pin(jobId: string, index: number, pins: readonly Pin[]): void {
    const record = this.#records.find(jobId)
    if (this.#running?.record === record) this.#running.run.pin(index, pins)
  }

  /** Every decode step's tokens of a candidate, forming or done; of a very long run the last one's. Throws `not-found` where none are kept. */
  async trail(jobId: string, index: number): Promise<KeptTrail> {
    const { job, trails } = this.#records.find(jobId)
    const forming = trails.get(index)
    if (forming !== undefined) return forming.join()
    const kept = job.candidates.find((candidate) => candidate.index === index)?.trail
    if (kept === undefined) throw new EngineError('not-found', JOB_ERRORS.noTrail, { details: { jobId, index } })
    const { rows, columns, stepCount, blob } = kept
    return { rows, columns, stepCount, tokens: wordsOf(await this.#options.tools.blobs.get(blob)) }
  }

  /** What a candidate showed after a decode step, counted from 1: the model's guess of its whole crop. */
  async showStep(jobId: string, index: number, step: number): Promise<RgbRaster> {
    const { packs, inference } = this.#options
    const trail = await this.trail(jobId, index)
    if (step > trail.stepCount) throw new EngineError('not-found', JOB_ERRORS.noTrail, { details: { jobId, index, step } })
    const installed = await packs.find(this.get(jobId).request.packId)
    const { rows, columns } = trail
    const { raster } = await inference.ask(installed, { kind: 'decode', rows, columns, tokens: stepOf(trail, step).guess })
    return raster
  }

  /** Blends a candidate into another state of the picture. */
  async place(jobId: string, index: number, imageId: ImageId): Promise<PlacedCandidate> {
    const { job } = this.#records.find(jobId)
    const candidate = job.candidates.find((other) => other.index === index)
    if (candidate === undefined) {
      throw new EngineError('not-found', JOB_ERRORS.unknownCandidate, { details: { jobId, index } })
    }
    return placeCandidate(this.#options.tools, job, candidate, imageId)
  }

  /** What a run begins with that settles candidates painted over each other; see `composeCandidates`. */
  async compose(jobId: string, composition: Composition): Promise<BlobHash> {
    const { packs, tools } = this.#options
    return composeCandidates({ packs, ...tools }, this.get(jobId), composition)
  }

  async list(documentId: string): Promise<Job[]> {
    return this.#records.of(documentId).map(({ job }) => job)
  }

  async copy(fromDocumentId: string, toDocumentId: string): Promise<void> {
    for (const record of this.#records.of(fromDocumentId)) await this.#records.copy(record, toDocumentId)
  }

  async drop(documentId: string): Promise<void> {
    const dropped = this.#records.of(documentId)
    for (const record of dropped) record.isDropped = true
    for (const record of dropped) await this.#stop(record, false)
    this.#records.forgetDropped()
  }

  /** Whether a job that runs or waits needs it. */
  usesPack(packId: string): boolean {
    const unfinished = [...this.#waiting, ...(this.#running === undefined ? [] : [this.#running.record])]
    return unfinished.some(({ job }) => job.request.packId === packId)
  }

  hasUnfinished(): boolean {
    return this.#running !== undefined || this.#waiting.length > 0
  }

  /** What runs or waits becomes `interrupted`, as after a crash. The inference client must have been disposed of before. */
  async dispose(): Promise<void> {
    this.#isDisposed = true
    await this.#running?.ended
    for (const record of this.#waiting.splice(0)) await this.#records.keep(record, INTERRUPTED)
  }

  #enqueue(record: JobRecord): void {
    this.#waiting.push(record)
    this.#runNext()
  }

  #runNext(): void {
    if (this.#running || this.#isDisposed) return
    const record = this.#waiting.shift()
    if (record === undefined) return
    const run = runJob(this.#options, this.#records, record)
    const ended = run.ended.then(() => {
      this.#running = undefined
      this.#runNext()
    })
    this.#running = { record, run, ended }
  }

  async #stop(record: JobRecord, keepsResults: boolean): Promise<void> {
    const place = this.#waiting.indexOf(record)
    if (place >= 0) {
      this.#waiting.splice(place, 1)
      await this.#records.keep(record, { state: 'cancelled', phase: 'ended', secondsLeft: null })
    } else if (this.#running?.record === record) {
      this.#running.run.cancel(keepsResults)
      await this.#running.ended
    }
  }
}
