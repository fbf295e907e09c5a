import type { ChosenPrecision } from '../../models/importing/precisions.ts'
import type { Precision } from '../../models/runtime/session.ts'
import { INFERENCE_STRINGS } from '../api/strings/inference.ts'
import { PRECISION_STRINGS } from '../api/strings/packs.ts'

const ONLY_FULL: ChosenPrecision = { precision: 'f32', reason: 'only-one' }

/** How graphs are run, and why, in words a user may read. */
export interface Execution {
  /** ONNX Runtime's name of it. */
  readonly provider: 'cpu'
  readonly precision: Precision
  readonly threadCount: number
  readonly reason: string
}

/**
 * Chooses provider and threads. The one place for it: every machine can run what packs bring on its processor.
 *
 * @param requestedThreads  0 = as many as there are cores. Never more than cores: three threads on two cores were measured
 *   one and a half times as slow as two.
 * @param chosen  the number format of the pack's weights.
 */
export function chooseExecution(requestedThreads: number, coreCount: number, chosen: ChosenPrecision = ONLY_FULL): Execution {
  const threadCount = Math.max(1, Math.min(requestedThreads || coreCount, coreCount))
  const reason = INFERENCE_STRINGS.cpuReason(threadCount, PRECISION_STRINGS.names[chosen.precision], PRECISION_STRINGS.reasons[chosen.reason])
  return { provider: 'cpu', precision: chosen.precision, threadCount, reason }
}
