import os from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import type { PrecisionMachine } from '../../models/importing/precisions.ts'
import type { ChosenAdapter, GraphDemands } from '../../models/runtime/session.ts'
import type { RunCommand } from '../../models/sampling/run-passes.ts'
import type { EngineErrorWire } from '../api/errors.ts'
import type { InferenceEvent, InferenceRequest, NewPin } from '../api/inference.ts'
import { INFERENCE_STRINGS } from '../api/strings/inference.ts'
import type { PassedOver, Provider, ProviderChoice } from '../api/providers.ts'
import { answerQuestion } from './answer-question.ts'
import { openCardSession } from './card-session.ts'
import { chooseExecution, findProvider, type FoundProvider } from './execution-providers.ts'
import { startMeasuring, type MeasureRequest, type Measuring } from './measure.ts'
import { listLikelyProviders, listProviders } from './likely-providers.ts'
import { openOnnxSession } from './onnx-session.ts'
import { PackCache, type ReadyPack } from './pack-cache.ts'
import { runJob, yieldToEventLoop, type RunRequest } from './run-job.ts'
import { SessionCache } from './session-cache.ts'
import { toEngineError } from './to-engine-error.ts'
import { createTrials } from './try-provider.ts'

type LoadRequest = Extract<InferenceRequest, { type: 'load' }>
type CancelRequest = Extract<InferenceRequest, { type: 'cancel' }>
type AskRequest = Extract<InferenceRequest, { type: 'ask' }>

/** A job that waits or runs. */
interface ServedJob {
  /** What its user last asked of it. */
  command: RunCommand
  /** By candidate: what was pinned and not yet taken. */
  readonly pins: Map<number, NewPin[]>
}

/** Settings that sessions are opened with; others mean that all must be opened again. */
interface Resources {
  readonly threadCount: number
  readonly memoryMiB: number
  readonly provider: ProviderChoice
  /** What has ended a process like this one. */
  readonly passedOver: readonly PassedOver[]
}

/** Until settings come: as many threads as cores, half of the memory, the processor. */
const DEFAULT_RESOURCES: Resources = { threadCount: 0, memoryMiB: 0, provider: 'cpu', passedOver: [] }

/** What the process does, apart from how messages reach it. Loads and runs follow one another; a cancel is heard at once. */
export class InferenceService {
  private readonly emit: (event: InferenceEvent) => void
  private readonly jobs = new Map<string, ServedJob>()
  /** Analyses that wait or are under way. */
  private readonly measurings = new Set<MeasureRequest>()
  /** By pack folder, as last asked for: `auto` or a precision. */
  private readonly precisions = new Map<string, string>()
  private resources = DEFAULT_RESOURCES
  private found: FoundProvider = { provider: 'cpu', passedOver: [] }
  /** Whether something could not run on the card that is used. */
  private isPartlyOnProcessor = false
  private sessions: SessionCache
  private packs: PackCache
  private work: Promise<void> = Promise.resolve()

  constructor(emit: (event: InferenceEvent) => void) {
    this.emit = emit
    this.sessions = this.openSessions()
    this.packs = new PackCache(this.sessions, machineOf(this.resources, this.found))
  }

  handle(request: InferenceRequest): void {
    const handlers: { [T in InferenceRequest['type']]: (request: Extract<InferenceRequest, { type: T }>) => void } = {
      'load': (load) => this.enqueue(() => this.load(load)),
      'run': (run) => {
        const job: ServedJob = { command: 'go-on', pins: new Map() }
        this.jobs.set(run.jobId, job)
        this.enqueue(() => this.run(run, job))
      },
      'cancel': (cancel) => this.cancel(cancel),
      'measure': (request) => {
        this.measurings.add(request)
        this.enqueue(() => this.measure(request))
      },
      'drop-measuring': ({ analysisId }) => {
        for (const request of this.measurings) if (request.analysisId === analysisId) this.measurings.delete(request)
      },
      'pin': ({ jobId, candidate, pins }) => {
        const waiting = this.jobs.get(jobId)?.pins
        waiting?.set(candidate, [...(waiting.get(candidate) ?? []), ...pins])
      },
      'ask': (ask) => this.enqueue(() => this.answer(ask)),
    }
    ;(handlers[request.type] as (request: InferenceRequest) => void)(request)
  }

  /** Ends running jobs before their next step and releases every session. */
  async dispose(): Promise<void> {
    for (const job of this.jobs.values()) job.command = 'discard'
    this.measurings.clear()
    this.enqueue(() => this.sessions.dispose())
    await this.work
  }

  private enqueue(task: () => Promise<void>): void {
    this.work = this.work.then(task)
  }

  private async load({ packFolder, threadCount, memoryMiB, provider, passedOver = [], precision }: LoadRequest): Promise<void> {
    try {
      this.precisions.set(packFolder, precision)
      await this.useResources({ threadCount, memoryMiB, provider, passedOver })
      const { ready, wasLoaded } = await this.loadPackNoting(packFolder)
      if (wasLoaded) this.tellLoaded(packFolder, ready)
    } catch (thrown) {
      this.emit({ type: 'load-failed', packFolder, error: toWire(thrown) })
    }
  }

  private async run(request: RunRequest, job: ServedJob): Promise<void> {
    const { jobId, packFolder } = request
    const readCommand = () => job.command
    const takePins = (candidate: number) => {
      const pins = job.pins.get(candidate) ?? []
      job.pins.delete(candidate)
      return pins
    }
    try {
      const ready = await this.loadPack(packFolder, request.plan.adapter)
      await runJob(request, ready, { emit: this.emit, readCommand, takePins, graphMs: () => this.sessions.graphMs })
    } catch (thrown) {
      this.emit({ type: 'failed', jobId, error: toWire(thrown) })
    } finally {
      // The host may have started a job of the same name as soon as it heard that this one ended.
      if (this.jobs.get(jobId) === job) this.jobs.delete(jobId)
      await this.sessions.rest()
    }
  }

  /** One forward pass, then the next in line: what was asked for meanwhile comes between. */
  private async measure(request: MeasureRequest, measuring?: Measuring): Promise<void> {
    await yieldToEventLoop()
    if (!this.measurings.has(request)) return
    try {
      // Asked for at every step: other settings may have come meanwhile, and with them other sessions.
      const ready = await this.loadPack(request.packFolder)
      const underWay = measuring ?? (await startMeasuring(request, ready))
      if (!underWay.run.isDone) this.emit(await underWay.takeStep(ready, () => this.sessions.graphMs))
      if (!underWay.run.isDone) return this.enqueue(() => this.measure(request, underWay))
      this.emit({ type: 'measured', analysisId: request.analysisId, likelihoods: underWay.likelihoods() })
    } catch (thrown) {
      this.emit({ type: 'measure-failed', analysisId: request.analysisId, error: toWire(thrown) })
    }
    this.measurings.delete(request)
  }

  private async answer({ questionId, packFolder, question }: AskRequest): Promise<void> {
    try {
      this.emit({ type: 'answer', questionId, answer: await answerQuestion(question, await this.loadPack(packFolder)) })
    } catch (thrown) {
      this.emit({ type: 'ask-failed', questionId, error: toWire(thrown) })
    }
  }

  private cancel({ jobId, keep }: CancelRequest): void {
    const job = this.jobs.get(jobId)
    if (job !== undefined) job.command = keep ? 'keep' : 'discard'
  }

  /** @returns the pack, and whether it was there already, in which case nothing has been told of it. */
  private async loadPackNoting(packFolder: string, adapter?: ChosenAdapter): Promise<{ ready: ReadyPack; wasLoaded: boolean }> {
    let wasLoaded = true
    const report = (progress: number, message: string) => {
      wasLoaded = false
      this.emit({ type: 'loading', packFolder, progress, message })
    }
    const ready = await this.packs.load(packFolder, this.precisions.get(packFolder) ?? 'auto', report, adapter)
    // Also where a run found that the pack had changed since it was loaded: who was told of the loading is told of its end.
    if (!wasLoaded) this.tellLoaded(packFolder, ready)
    return { ready, wasLoaded }
  }

  private async loadPack(packFolder: string, adapter?: ChosenAdapter): Promise<ReadyPack> {
    return (await this.loadPackNoting(packFolder, adapter)).ready
  }

  private tellLoaded(packFolder: string, { chosen }: ReadyPack): void {
    const execution = chooseExecution(this.resources.threadCount, os.availableParallelism(), chosen, this.found)
    const reason = this.isPartlyOnProcessor ? INFERENCE_STRINGS.partly(execution.reason) : execution.reason
    this.emit({ type: 'loaded', packFolder, execution: { ...execution, reason, available: listProviders() } })
  }

  /** Said before a driver is touched, and given time to leave: it may end this process. */
  private async tellProvider(provider: Provider): Promise<void> {
    this.emit({ type: 'using', provider })
    await yieldToEventLoop()
  }

  private openSessions(): SessionCache {
    this.isPartlyOnProcessor = false
    return openSessionCache(this.resources, this.found, () => {
      this.isPartlyOnProcessor = true
    })
  }

  private async useResources(resources: Resources): Promise<void> {
    if (isDeepStrictEqual(resources, this.resources)) return
    await this.sessions.dispose()
    this.resources = resources
    this.found = await findUsable(resources, (provider) => this.tellProvider(provider))
    await this.tellProvider(this.found.provider)
    this.sessions = this.openSessions()
    this.packs = new PackCache(this.sessions, machineOf(resources, this.found))
  }
}

/** @param onFallback  called where something of the pack cannot run on the card. */
function openSessionCache(resources: Resources, { provider }: FoundProvider, onFallback: () => void): SessionCache {
  const { threadCount } = chooseExecution(resources.threadCount, os.availableParallelism())
  const open = (path: string, demands: GraphDemands) => {
    const openOn = (where: Provider) => () => openOnnxSession(path, { provider: where, threadCount }, demands)
    if (provider === 'cpu') return openOn('cpu')()
    return openCardSession(openOn(provider), openOn('cpu'), (thrown) => {
      console.error(thrown)
      onFallback()
    })
  }
  return new SessionCache(open, budgetOf(resources), provider === 'cpu')
}

function machineOf(resources: Resources, { provider }: FoundProvider): PrecisionMachine {
  return { budgetBytes: budgetOf(resources), usesGraphicsCard: provider !== 'cpu' }
}

/** @param onTrial  called before each. */
async function findUsable(
  { threadCount, provider, passedOver }: Resources, onTrial: (provider: Provider) => Promise<void>,
): Promise<FoundProvider> {
  const available = (provider === 'auto' ? listLikelyProviders() : listProviders()).filter((name) => !passedOver.some((passed) => passed.provider === name))
  const asked = passedOver.some((passed) => passed.provider === provider) ? 'cpu' : provider
  const tryProvider = createTrials(chooseExecution(threadCount, os.availableParallelism()).threadCount)
  const found = await findProvider(asked, available, async (tried) => {
    await onTrial(tried)
    return tryProvider(tried)
  })
  return { ...found, passedOver: [...passedOver, ...found.passedOver] }
}

function budgetOf({ memoryMiB }: Resources): number {
  return memoryMiB === 0 ? os.totalmem() / 2 : memoryMiB * 2 ** 20
}

/** The cause of what nobody foresaw does not cross the wire; the host keeps this process's error output for the log. */
function toWire(thrown: unknown): EngineErrorWire {
  const error = toEngineError(thrown)
  if (error.code === 'internal') console.error(thrown)
  return error.toWire()
}
