import { availableParallelism, totalmem } from 'node:os'
import type { EditPlan } from '../../models/sampling/edit-plan.ts'
import { EngineError } from '../api/errors.ts'
import type { InferenceEvent, RgbRaster } from '../api/inference.ts'
import type { ModelState } from '../api/jobs.ts'
import type { Settings } from '../api/settings.ts'
import { JOB_ERRORS, MODEL_STATES } from '../api/strings/jobs.ts'
import type { InferenceProcess, StartInference } from './inference-process.ts'
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
  /** The process now running, if any; for figures of its memory, and for tests that end it. */
  readonly pid: number | undefined
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

export interface InferenceClientOptions {
  readonly start: StartInference
  readonly getSettings: () => Pick<Settings, 'threadCount' | 'memoryMiB'>
  readonly onModelChange: (model: ModelState) => void
}

/** How long a cancelled run may go on before its process is ended: a native call cannot be interrupted. */
const CANCEL_GRACE_MS = 1000
/** A pack that kills its process this often in a row while loading is left alone until somebody asks for it again. */
const MAX_LOAD_ATTEMPTS = 3

interface ActiveRun {
  readonly run: InferenceRun
  readonly onEvent: (event: RunEvent) => void
  readonly resolve: (end: { wasCancelled: boolean }) => void
  readonly reject: (error: EngineError) => void
  killTimer: NodeJS.Timeout | undefined
  isKilled: boolean
}

const IDLE: ModelState = { packId: null, state: 'idle', progress: 0, message: null }

export function createInferenceClient({ start, getSettings, onModelChange }: InferenceClientOptions): InferenceClient {
  let process: InferenceProcess | undefined
  let wanted: InstalledPack | undefined
  let active: ActiveRun | undefined
  let model = IDLE
  let loadAttemptCount = 0
  let isDisposed = false

  const setModel = (change: Partial<ModelState>) => {
    model = { ...model, ...change }
    onModelChange(model)
  }

  const connect = (): InferenceProcess => {
    if (process) return process
    const started = start()
    process = started
    // Whatever a process that was replaced still has to say is of no interest.
    started.onEvent((event) => started === process && handlers[event.type](event as never))
    started.onExit(() => started === process && handleExit())
    return started
  }

  const requestLoad = (installed: InstalledPack, message: string) => {
    wanted = installed
    loadAttemptCount++
    setModel({ packId: installed.pack.id, state: 'loading', progress: 0, message })
    const { threadCount, memoryMiB } = getSettings()
    connect().post({
      type: 'load',
      packFolder: installed.folder,
      threadCount: threadCount || availableParallelism(),
      memoryMiB: memoryMiB || Math.floor(totalmem() / 2 ** 21),
    })
  }

  const load = (installed: InstalledPack) => {
    const isUnderway = process !== undefined && (model.state === 'loading' || model.state === 'ready')
    if (isUnderway && wanted?.folder === installed.folder) return
    loadAttemptCount = 0
    requestLoad(installed, MODEL_STATES.loading(installed.pack.name))
  }

  const endRun = (jobId: string, finish: (run: ActiveRun) => void) => {
    if (active?.run.jobId !== jobId) return
    const ended = active
    active = undefined
    clearTimeout(ended.killTimer)
    finish(ended)
  }

  const forward = (event: RunEvent & { jobId: string }) => {
    if (active?.run.jobId === event.jobId) active.onEvent(event)
  }

  const handlers: { [T in InferenceEvent['type']]: (event: Extract<InferenceEvent, { type: T }>) => void } = {
    loading: (event) => {
      if (wanted?.folder === event.packFolder) {
        setModel({ state: 'loading', progress: event.progress, message: event.message })
      }
      active?.onEvent(event)
    },
    loaded: ({ packFolder }) => {
      if (wanted?.folder !== packFolder) return
      loadAttemptCount = 0
      setModel({ state: 'ready', progress: 1, message: null })
    },
    'load-failed': ({ packFolder, error }) => {
      if (wanted?.folder === packFolder) setModel({ state: 'failed', message: error.message })
    },
    step: forward,
    preview: forward,
    result: forward,
    ended: ({ jobId, wasCancelled }) => endRun(jobId, ({ resolve }) => resolve({ wasCancelled })),
    failed: ({ jobId, error }) => endRun(jobId, ({ reject }) => reject(EngineError.fromWire(error))),
  }

  const handleExit = () => {
    process = undefined
    const wasLoading = model.state === 'loading'
    const wasKilled = active?.isKilled ?? false
    if (active) {
      endRun(active.run.jobId, ({ isKilled, resolve, reject }) =>
        isKilled ? resolve({ wasCancelled: true }) : reject(new EngineError('inference-stopped', JOB_ERRORS.inferenceStopped)),
      )
    }
    if (isDisposed || wanted === undefined) return
    const { name } = wanted.pack
    if (wasLoading && loadAttemptCount >= MAX_LOAD_ATTEMPTS) setModel({ state: 'failed', message: MODEL_STATES.failed(name) })
    else if (model.state !== 'failed') requestLoad(wanted, MODEL_STATES[wasKilled ? 'loading' : 'restarting'](name))
  }

  return {
    get model() {
      return model
    },
    get pid() {
      return process?.pid
    },
    load,
    run(run, onEvent) {
      if (active) throw new RangeError(`run of ${run.jobId} while ${active.run.jobId} is running`)
      load(run.installed)
      const { jobId, installed, plan, image, seeds } = run
      return new Promise((resolve, reject) => {
        active = { run, onEvent, resolve, reject, killTimer: undefined, isKilled: false }
        connect().post({ type: 'run', jobId, packFolder: installed.folder, plan, image, seeds })
      })
    },
    cancel(jobId, keep) {
      const cancelled = active
      if (cancelled?.run.jobId !== jobId) return
      process?.post({ type: 'cancel', jobId, keep })
      clearTimeout(cancelled.killTimer)
      // What is to be kept must still be drawn and decoded; a second cancel without `keep` ends that too.
      if (keep) return
      cancelled.killTimer = setTimeout(() => {
        cancelled.isKilled = true
        process?.kill()
      }, CANCEL_GRACE_MS)
    },
    dispose() {
      isDisposed = true
      process?.kill()
      process = undefined
      if (active) endRun(active.run.jobId, ({ reject }) => reject(new EngineError('inference-stopped', JOB_ERRORS.interrupted)))
    },
  }
}
