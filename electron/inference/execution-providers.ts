import type { ChosenPrecision } from '../../models/importing/precisions.ts'
import type { Precision } from '../../models/runtime/session.ts'
import { PROVIDERS, type PassedOver, type Provider, type ProviderChoice } from '../api/providers.ts'
import { INFERENCE_STRINGS } from '../api/strings/inference.ts'
import { PRECISION_STRINGS } from '../api/strings/packs.ts'
import type { Trial, TryProvider } from './try-provider.ts'

const ONLY_FULL: ChosenPrecision = { precision: 'f32', reason: 'only-one' }

/** How graphs are run, and why, in words a user may read. */
export interface Execution {
  readonly provider: Provider
  readonly precision: Precision
  readonly threadCount: number
  readonly reason: string
}

/** What graphs run on, and what was tried before. */
export interface FoundProvider {
  readonly provider: Provider
  readonly passedOver: readonly PassedOver[]
}

const PROCESSOR: FoundProvider = { provider: 'cpu', passedOver: [] }

/**
 * Chooses threads and says why graphs run as they do. The one place for it: every machine can run what packs bring on its
 * processor.
 *
 * @param requestedThreads  0 = as many as there are cores. Never more than cores: three threads on two cores were measured
 *   one and a half times as slow as two.
 * @param chosen  the number format of the pack's weights.
 */
export function chooseExecution(
  requestedThreads: number, coreCount: number, chosen: ChosenPrecision = ONLY_FULL, { provider, passedOver }: FoundProvider = PROCESSOR,
): Execution {
  const threadCount = Math.max(1, Math.min(requestedThreads || coreCount, coreCount))
  const sentences = [
    provider === 'cpu' ? INFERENCE_STRINGS.onProcessor(threadCount) : INFERENCE_STRINGS.onCard(INFERENCE_STRINGS.providers[provider]),
    INFERENCE_STRINGS.precision(PRECISION_STRINGS.names[chosen.precision], PRECISION_STRINGS.reasons[chosen.reason]),
    ...passedOver.map((passed) => INFERENCE_STRINGS.passedOver[passed.why](INFERENCE_STRINGS.providers[passed.provider])),
  ]
  return { provider, precision: chosen.precision, threadCount, reason: sentences.join(' ') }
}

/**
 * Finds what graphs run on: the one that is wanted, or the first of all; in either case only if it computes rightly, and by
 * itself only if it is quicker than the processor. What fails is passed over and told of.
 *
 * @param available  what this build of ONNX Runtime lists for the system.
 */
export async function findProvider(choice: ProviderChoice, available: readonly string[], tryProvider: TryProvider): Promise<FoundProvider> {
  const candidates = PROVIDERS.filter((provider) => provider !== 'cpu' && (choice === 'auto' || choice === provider))
  const passedOver: PassedOver[] = []
  if (choice === 'cpu') return PROCESSOR
  let processor: Trial | undefined
  for (const provider of candidates) {
    if (!available.includes(provider)) {
      // What the system never has is no news, unless somebody asked for it.
      if (choice === provider) passedOver.push({ provider, why: 'unavailable' })
      continue
    }
    const trial = await tryProvider(provider)
    if (!('ms' in trial)) passedOver.push({ provider, why: trial.failure })
    else {
      processor ??= await tryProvider('cpu')
      if (choice !== 'auto' || !('ms' in processor) || trial.ms < processor.ms) return { provider, passedOver }
      passedOver.push({ provider, why: 'slow' })
    }
  }
  // By itself it has looked for a card, and most machines have none.
  return { provider: 'cpu', passedOver: choice === 'auto' ? passedOver.filter(({ why }) => why !== 'unavailable') : passedOver }
}
