import { INFERENCE_STRINGS } from '../api/strings/inference.ts'

/** How graphs are run, and why, in words a user may read. */
export interface Execution {
  /** ONNX Runtime's name of it. */
  readonly provider: 'cpu'
  readonly precision: 'f32'
  readonly threadCount: number
  readonly reason: string
}

/**
 * Chooses provider, precision and threads. The one place for it: packs bring full-precision graphs only so far, which
 * every machine can run on its processor.
 *
 * @param requestedThreads  0 = as many as there are cores. Never more than cores: three threads on two cores were measured
 *   one and a half times as slow as two.
 */
export function chooseExecution(requestedThreads: number, coreCount: number): Execution {
  const threadCount = Math.max(1, Math.min(requestedThreads || coreCount, coreCount))
  return { provider: 'cpu', precision: 'f32', threadCount, reason: INFERENCE_STRINGS.cpuReason(threadCount) }
}
