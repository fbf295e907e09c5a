import type { ImportEvent, ImportRequest, InferenceEvent, InferenceRequest } from '../../api/inference.ts'

/**
 * The inference process as the engine sees it. Each host starts it its own way (Electron: a utility process; elsewhere a
 * forked Node process), so the engine gets a function that starts one.
 */
export interface InferenceProcess {
  post(request: InferenceRequest | ImportRequest): void
  onEvent(listener: (event: InferenceEvent | ImportEvent) => void): void
  /** Called once, however it ended. */
  onExit(listener: (reason: string) => void): void
  /** Ends it at once; the way to cancel a call that takes longer than a second. */
  kill(): void
  readonly pid: number | undefined
}

export type StartInference = () => InferenceProcess
