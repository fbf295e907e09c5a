import { EngineError } from '../../api/errors.ts'
import type { RgbRaster } from '../../api/inference.ts'
import type { Job, JobState } from '../../api/jobs.ts'
import { JOB_ERRORS } from '../../api/strings/jobs.ts'
import type { EventHub } from './event-hub.ts'
import type { JobStore } from './job-store.ts'
import type { FormingTrail } from './kept-trail.ts'

/** A picture of a forming candidate, after so many of its decode steps. */
export interface FormingPreview extends RgbRaster {
  readonly step: number
}

/** A job's newest state, and what is only of interest while it runs. */
export interface JobRecord {
  job: Job
  /** Since the engine started. */
  hasChanged: boolean
  /** Its document is being deleted: nothing is written for it any more. */
  isDropped: boolean
  /** The same job in documents that were copied while it ran: what it makes is theirs too. Empty when it has ended. */
  followers: readonly JobRecord[]
  /** The newest of each candidate that is forming. */
  readonly previews: Map<number, FormingPreview>
  /** Of each candidate that is forming: its steps so far. */
  readonly trails: Map<number, FormingTrail>
}

const ENDED: ReadonlySet<JobState> = new Set(['done', 'failed', 'cancelled', 'interrupted'])

/** What a job becomes that was queued or running when the engine ended. */
export const INTERRUPTED = {
  state: 'interrupted',
  phase: 'ended',
  secondsLeft: null,
  error: new EngineError('inference-stopped', JOB_ERRORS.interrupted).toWire(),
} as const satisfies Partial<Job>

export function hasEnded({ state }: Job): boolean {
  return ENDED.has(state)
}

export function toRecord(job: Job): JobRecord {
  return { job, hasChanged: false, isDropped: false, followers: [], previews: new Map(), trails: new Map() }
}

/** What a job is in a copied document: ended, with the candidates there are. Only the original can go on. */
function endOfCopy({ state }: Job) {
  return { state: state === 'done' ? 'done' : 'cancelled', phase: 'ended', secondsLeft: null, error: null } as const
}

/** All jobs there are. A copied document's jobs keep their ids, so several records may have one id: the first is the original. */
export class JobRecords {
  readonly #store: JobStore
  readonly #events: EventHub
  #records: JobRecord[] = []

  constructor(store: JobStore, events: EventHub) {
    this.#store = store
    this.#events = events
  }

  /** Reads what earlier engines left. */
  async load(): Promise<void> {
    this.#records = (await this.#store.loadAll()).map(toRecord)
    for (const record of this.#records.filter(({ job }) => !hasEnded(job))) {
      await this.keep(record, INTERRUPTED).catch(reportUnwritable)
    }
  }

  /** Throws `not-found`. */
  find(jobId: string): JobRecord {
    const record = this.#records.find(({ job }) => job.id === jobId)
    if (record === undefined) throw new EngineError('not-found', JOB_ERRORS.unknownJob, { details: { jobId } })
    return record
  }

  of(documentId: string): JobRecord[] {
    return this.#records.filter(({ job }) => job.documentId === documentId)
  }

  recent(): Job[] {
    const records = this.#records.filter(({ job, hasChanged }) => hasChanged || job.state === 'interrupted')
    return records.map(({ job }) => job)
  }

  async add(record: JobRecord): Promise<void> {
    await this.#store.save(record.job)
    this.#records.push(record)
    this.update(record, {})
  }

  /** For a document's copy. One that has not ended is followed until it does; on disk it has, in case that never comes. */
  async copy(record: JobRecord, documentId: string): Promise<void> {
    await this.#store.save({ ...record.job, ...endOfCopy(record.job), documentId, isCopy: true })
    // It may have ended meanwhile.
    const copy = toRecord({ ...record.job, documentId, isCopy: true })
    this.#records.push(copy)
    if (hasEnded(record.job)) return this.keep(copy, endOfCopy(record.job))
    record.followers = [...record.followers, copy]
    this.update(copy, {})
  }

  /** Tells the windows. */
  update(record: JobRecord, change: Partial<Job>): void {
    record.job = { ...record.job, ...change }
    record.hasChanged = true
    if (!record.isDropped) this.#events.publish({ type: 'job', job: record.job })
    for (const follower of record.followers) this.update(follower, change)
  }

  /** Tells the windows once it is on disk, or could not be written; then it throws besides. */
  async keep(record: JobRecord, change: Partial<Job>): Promise<void> {
    try {
      if (!record.isDropped) await this.#store.save({ ...record.job, ...change })
    } finally {
      this.update(record, change)
      await this.#keepFollowers(record)
    }
  }

  async #keepFollowers(record: JobRecord): Promise<void> {
    const { followers } = record
    if (hasEnded(record.job)) record.followers = []
    for (const follower of followers) {
      const end = endOfCopy(follower.job)
      if (!follower.isDropped) await this.#store.save({ ...follower.job, ...end }).catch(reportUnwritable)
      await this.#keepFollowers(follower)
      if (hasEnded(record.job)) this.update(follower, end)
    }
  }

  forgetDropped(): void {
    this.#records = this.#records.filter(({ isDropped }) => !isDropped)
  }
}

/** For where nobody is left to tell. */
export function reportUnwritable(error: unknown): void {
  console.error('A job record cannot be written.', error)
}
