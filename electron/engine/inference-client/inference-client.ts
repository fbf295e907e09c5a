import type { EditPlan } from '../../../models/sampling/edit-plan.ts'
import { EngineError } from '../../api/errors.ts'
import type { InferenceEvent, NewPin, RgbRaster, TokenAnswer, TokenQuestion } from '../../api/inference.ts'
import type { ModelState } from '../../api/jobs.ts'
import type { Settings } from '../../api/settings.ts'
import { JOB_ERRORS, MODEL_STATES } from '../../api/strings/jobs.ts'
import { INFERENCE_STRINGS } from '../../api/strings/inference.ts'
import type { Provider } from '../../api/providers.ts'
import type { CrashedProviders } from './crashed-providers.ts'
import type { InferenceProcess, StartInference } from './inference-process.ts'
import { Questions } from './questions.ts'
import type { InstalledPack } from '../packs/found-packs.ts'
import { Measurings, type Measuring } from './measurings.ts'

/** What one job asks of the inference process. */
export interface InferenceRun {
  readonly jobId: string
  readonly installed: InstalledPack
  readonly plan: EditPlan
  readonly image: RgbRaster | null
  readonly seeds: readonly number[]
}

export type RunEvent = Extract<InferenceEvent, { type: 'step' | 'preview' | 'result' | 'loading' }>

export interface InferenceClientOptions {
  readonly start: StartInference
  readonly getSettings: () => Pick<Settings, 'threadCount' | 'memoryMiB' | 'provider'>
  /** What the user wants a pack to run in: `auto` or a precision. */
  readonly getPrecision: (packId: string) => string
  readonly crashedProviders: CrashedProviders
  readonly onModelChange: (model: ModelState) => void
  /** It has ended the process and was noted. */
  readonly onProviderCrash: (provider: Provider) => void
}

/** How long a cancelled run may go on before its process is ended: a native call cannot be interrupted. */
const CANCEL_GRACE_MS = 1000
/** A pack that kills its process this often in a row while loading is left alone until somebody asks for it again. */
const MAX_LOAD_ATTEMPTS = 3

interface ActiveRun {
  readonly jobId: string
  readonly onEvent: (event: RunEvent) => void
  readonly resolve: (end: { wasCancelled: boolean }) => void
  readonly reject: (error: EngineError) => void
  killTimer?: NodeJS.Timeout
  isKilled?: boolean
}

type Handlers = { [T in InferenceEvent['type']]: (event: Extract<InferenceEvent, { type: T }>) => void }

/** The inference process, kept running: started on first use, started again when it dies. */
export class InferenceClient {
  readonly #options: InferenceClientOptions
  #process: InferenceProcess | undefined
  /** The pack to be held loaded. */
  #wanted: InstalledPack | undefined
  #active: ActiveRun | undefined
  #model: ModelState = { packId: null, state: 'idle', progress: 0, message: null, execution: null }
  #loadAttemptCount = 0
  /** What the process runs on or tries; undefined until it has said so. */
  #provider: Provider | undefined
  #isDisposed = false
  readonly #measurings = new Measurings()
  readonly #questions = new Questions()

  constructor(options: InferenceClientOptions) {
    this.#options = options
  }

  get model(): ModelState {
    return this.#model
  }

  /** The process now running, if any. */
  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** Loads a pack in the background; never rejects, see `model`. */
  load(installed: InstalledPack): void {
    const isUnderway = this.#process !== undefined && ['loading', 'ready'].includes(this.#model.state)
    if (isUnderway && this.#wanted?.folder === installed.folder) return
    this.#loadAttemptCount = 0
    this.#requestLoad(installed, MODEL_STATES.loading(installed.pack.name))
  }

  /** Loads a pack anew where it is the one in use. */
  reload(installed: InstalledPack): void {
    if (this.#process && this.#wanted?.folder === installed.folder) this.applySettings()
  }

  /** Lets go of a pack's files, which are about to be deleted. @returns false where a run needs them. */
  release(packFolder: string): boolean {
    if (this.#wanted?.folder !== packFolder) return true
    if (this.#active) return false
    this.#process?.kill()
    this.#process = undefined
    this.#wanted = undefined
    this.#setModel({ packId: null, state: 'idle', progress: 0, message: null, execution: null })
    return true
  }

  /** There is no pack to load: an arrow, to be passed as a handler. */
  readonly noteNoPack = (thrown: unknown): void => {
    this.#setModel({ packId: null, state: 'failed', progress: 0, message: EngineError.from(thrown).message, execution: null })
  }

  /** Tells the process of changed settings, if there is one. */
  applySettings(): void {
    if (this.#process && this.#wanted) this.#requestLoad(this.#wanted, MODEL_STATES.loading(this.#wanted.pack.name))
  }

  /**
   * One run at a time. Events come in order. Resolves when all candidates are made or it was cancelled; rejects with the
   * EngineError of the run, or with `inference-stopped` when the process died.
   */
  async run(run: InferenceRun, onEvent: (event: RunEvent) => void): Promise<{ wasCancelled: boolean }> {
    const { jobId, installed, plan, image, seeds } = run
    if (this.#active) throw new RangeError(`run of ${jobId} while ${this.#active.jobId} is running`)
    if (this.#isDisposed) throw new EngineError('inference-stopped', JOB_ERRORS.interrupted)
    this.load(installed)
    return new Promise((resolve, reject) => {
      this.#active = { jobId, onEvent, resolve, reject }
      this.#connect().post({ type: 'run', jobId, packFolder: installed.folder, plan, image, seeds })
    })
  }

  /** Takes effect before the next step, or by killing the process when that takes longer than a second. */
  cancel(jobId: string, keep: boolean): void {
    const cancelled = this.#active
    if (cancelled?.jobId !== jobId) return
    this.#process?.post({ type: 'cancel', jobId, keep })
    clearTimeout(cancelled.killTimer)
    // What is to be kept must still be drawn and decoded; a second cancel without `keep` ends that too.
    if (keep) return
    cancelled.killTimer = setTimeout(() => {
      cancelled.isKilled = true
      this.#process?.kill()
    }, CANCEL_GRACE_MS)
  }

  /**
   * Measures likelihoods, beside a run and beside others: it waits for them. Resolves to undefined when it was cancelled;
   * rejects with its EngineError, or with `inference-stopped` when the process died.
   */
  async measure(measuring: Measuring): Promise<ReadonlyMap<string, Float32Array> | undefined> {
    if (this.#isDisposed) throw new EngineError('inference-stopped', JOB_ERRORS.interrupted)
    this.load(measuring.installed)
    return this.#measurings.start(measuring, (request) => this.#connect().post(request))
  }

  cancelMeasuring(analysisId: string): void {
    this.#measurings.cancel(analysisId, (request) => this.#process?.post(request))
  }

  /** Tokens that stay from the candidate's next step on. @param candidate  counts the run's seeds. */
  pin(jobId: string, candidate: number, pins: readonly NewPin[]): void {
    if (this.#active?.jobId === jobId) this.#process?.post({ type: 'pin', jobId, candidate, pins })
  }

  /** Asks about tokens, after a run that is under way. Rejects with the EngineError, or `inference-stopped` when the process died. */
  async ask<Kind extends TokenQuestion['kind']>(
    installed: InstalledPack,
    question: Extract<TokenQuestion, { kind: Kind }>,
  ): Promise<Extract<TokenAnswer, { kind: Kind }>> {
    if (this.#isDisposed) throw new EngineError('inference-stopped', JOB_ERRORS.interrupted)
    this.load(installed)
    return this.#questions.ask(question, (questionId) =>
      this.#connect().post({ type: 'ask', questionId, packFolder: installed.folder, question }),
    )
  }

  /** Ends the process. A run under way rejects with `inference-stopped`. */
  dispose(): void {
    this.#isDisposed = true
    this.#process?.kill()
    this.#process = undefined
    const interrupted = new EngineError('inference-stopped', JOB_ERRORS.interrupted)
    this.#endRun(this.#active?.jobId, ({ reject }) => reject(interrupted))
    this.#measurings.rejectAll(interrupted)
    this.#questions.rejectAll(interrupted)
  }

  #connect(): InferenceProcess {
    if (this.#process) return this.#process
    const started = this.#options.start()
    this.#process = started
    this.#provider = undefined
    // Whatever a process that was replaced still has to say is of no interest.
    started.onEvent((event) => started === this.#process && this.#hear(event as InferenceEvent))
    started.onExit(() => started === this.#process && this.#handleExit())
    return started
  }

  #requestLoad(installed: InstalledPack, message: string): void {
    this.#wanted = installed
    this.#loadAttemptCount++
    this.#setModel({ packId: installed.pack.id, state: 'loading', progress: 0, message, execution: null })
    const { getPrecision, getSettings, crashedProviders } = this.#options
    const precision = getPrecision(installed.pack.id)
    const passedOver = crashedProviders.list().map((provider) => ({ provider, why: 'crashed' }) as const)
    this.#connect().post({ type: 'load', packFolder: installed.folder, precision, passedOver, ...pickLoadSettings(getSettings()) })
  }

  #setModel(change: Partial<ModelState>): void {
    this.#model = { ...this.#model, ...change }
    this.#options.onModelChange(this.#model)
  }

  #endRun(jobId: string | undefined, finish: (run: ActiveRun) => void): void {
    const ended = this.#active
    if (ended === undefined || ended.jobId !== jobId) return
    this.#active = undefined
    clearTimeout(ended.killTimer)
    finish(ended)
  }

  #forward(event: Exclude<RunEvent, { type: 'loading' }>): void {
    if (this.#active?.jobId === event.jobId) this.#active.onEvent(event)
  }

  #hear(event: InferenceEvent): void {
    this.#handlers[event.type](event as never)
  }

  readonly #handlers: Handlers = {
    using: ({ provider }) => {
      this.#provider = provider
    },
    loading: (event) => {
      if (this.#wanted?.folder !== event.packFolder) return
      this.#setModel({ state: 'loading', progress: event.progress, message: event.message })
      this.#active?.onEvent(event)
    },
    loaded: ({ packFolder, execution: { provider, reason, available } }) => {
      if (this.#wanted?.folder !== packFolder) return
      this.#loadAttemptCount = 0
      this.#setModel({ state: 'ready', progress: 1, message: null, execution: { provider, reason, available } })
    },
    'load-failed': ({ packFolder, error }) => {
      if (this.#wanted?.folder === packFolder) this.#setModel({ state: 'failed', message: error.message })
    },
    step: (event) => this.#forward(event),
    preview: (event) => this.#forward(event),
    result: (event) => this.#forward(event),
    'answer': ({ questionId, answer }) => this.#questions.answer(questionId, answer),
    'ask-failed': ({ questionId, error }) => this.#questions.reject(questionId, EngineError.fromWire(error)),
    ended: ({ jobId, wasCancelled }) => this.#endRun(jobId, ({ resolve }) => resolve({ wasCancelled })),
    failed: ({ jobId, error }) => {
      // The run tried to load the pack once more.
      if (this.#model.state === 'loading') this.#setModel({ state: 'failed', message: error.message })
      this.#endRun(jobId, ({ reject }) => reject(EngineError.fromWire(error)))
    },
    'measure-step': (event) => this.#measurings.hear(event),
    'measured': (event) => this.#measurings.hear(event),
    'measure-failed': (event) => this.#measurings.hear(event),
  }

  /** A driver that ends the process is not tried again: runs go on on something else, and the user is told. */
  #passOver(): Provider | undefined {
    const provider = this.#provider
    if (provider === undefined || provider === 'cpu') return undefined
    this.#options.crashedProviders.note(provider)
    this.#options.onProviderCrash(provider)
    // The next attempt is another one.
    this.#loadAttemptCount = 0
    return provider
  }

  #handleExit(): void {
    this.#process = undefined
    const wasKilled = this.#active?.isKilled ?? false
    const crashed = wasKilled ? undefined : this.#passOver()
    const stopped = new EngineError('inference-stopped', describeStop(crashed))
    // Ended to cancel a run, it is no fault of theirs: they begin anew, once the pack is asked for.
    if (!wasKilled) this.#measurings.rejectAll(stopped)
    this.#questions.rejectAll(stopped)
    this.#endRun(this.#active?.jobId, ({ resolve, reject }) => (wasKilled ? resolve({ wasCancelled: true }) : reject(stopped)))
    const wanted = this.#wanted
    if (this.#isDisposed || wanted === undefined || this.#model.state === 'failed') return
    const { name } = wanted.pack
    if (this.#model.state === 'loading' && this.#loadAttemptCount >= MAX_LOAD_ATTEMPTS) {
      this.#setModel({ state: 'failed', message: MODEL_STATES.failed(name) })
    } else this.#requestLoad(wanted, MODEL_STATES[wasKilled ? 'loading' : 'restarting'](name))
    this.#measurings.postAll((request) => this.#connect().post(request))
  }
}

function describeStop(crashed: Provider | undefined): string {
  if (crashed === undefined) return JOB_ERRORS.inferenceStopped
  return JOB_ERRORS.providerCrashed(INFERENCE_STRINGS.passedOver.crashed(INFERENCE_STRINGS.providers[crashed]))
}

function pickLoadSettings({ threadCount, memoryMiB, provider }: Pick<Settings, 'threadCount' | 'memoryMiB' | 'provider'>) {
  return { threadCount, memoryMiB, provider }
}
