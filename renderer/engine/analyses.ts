import type { Analysis, AnalysisRequestInput, AnalysisResult } from '../../electron/api/analyses.ts'
import { EngineError } from '../../electron/api/errors.ts'
import type { EngineEvent } from '../../electron/api/jobs.ts'
import { JOB_ERRORS } from '../../electron/api/strings/jobs.ts'
import type { EngineClient } from './engine-client.ts'

type AnalysisClient = Pick<EngineClient, 'startAnalysis' | 'getAnalysis' | 'getAnalysisResult' | 'cancelAnalysis'>

export type Analyses = ReturnType<typeof createAnalyses>

/** Measurings this window has asked for. */
export function createAnalyses(client: AnalysisClient) {
  /** Whoever waits for an analysis hears how far it is. */
  const listeners = new Map<string, (analysis: Analysis) => void>()

  const waitForEnd = (started: Analysis, onProgress: (analysis: Analysis) => void, signal: AbortSignal) =>
    new Promise<Analysis>((resolve, reject) => {
      const hear = (analysis: Analysis) => {
        if (analysis.state === 'running') onProgress(analysis)
        else resolve(analysis)
      }
      listeners.set(started.id, hear)
      signal.addEventListener('abort', () => resolve({ ...started, state: 'cancelled' }))
      hear(started)
      // It may have ended between the answer and now.
      client.getAnalysis(started.id).then(hear, reject)
    }).finally(() => listeners.delete(started.id))

  return {
    receive(event: EngineEvent): void {
      if (event.type === 'analysis') listeners.get(event.analysis.id)?.(event.analysis)
    },

    /** Asks again for all that is waited for: events may have been missed. */
    refresh(): void {
      for (const [id, hear] of listeners) client.getAnalysis(id).then(hear, () => {})
    },

    /** Resolves to undefined when it was aborted; it is then stopped in the engine too. Throws EngineError. */
    async measure(
      request: AnalysisRequestInput,
      signal: AbortSignal,
      onProgress: (analysis: Analysis) => void = () => {},
    ): Promise<AnalysisResult | undefined> {
      const started = await client.startAnalysis(request)
      const ended = started.state === 'running' ? await waitForEnd(started, onProgress, signal) : started
      if (signal.aborted) {
        await client.cancelAnalysis(started.id).catch(() => {})
        return undefined
      }
      if (ended.error !== null) throw EngineError.fromWire(ended.error)
      if (ended.state !== 'done') throw new EngineError('inference-stopped', JOB_ERRORS.inferenceStopped)
      return client.getAnalysisResult(started.id)
    },
  }
}
