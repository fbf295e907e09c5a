import type { WeightedConditioning } from '../runtime/masked-transformer.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import type { Guidance } from './edit-plan.ts'

const SCALE_RAMPS: Readonly<Record<Guidance['ramp'], (scale: number, progress: number) => number>> = {
  constant: (scale) => scale,
  linear: (scale, progress) => 1 + (scale - 1) * progress,
}

/**
 * The guidance scale of one step. A linear ramp goes from 1 to the full scale, as in Muse (Chang et al. 2023, section
 * 2.7): early tokens are drawn freer, which keeps candidates different, later ones follow the prompt.
 *
 * Before the share `from` of the steps there is no guidance: what they settle is coarse, and they cost half as much.
 *
 * @param step  counts from 0.
 */
export function guidanceScaleAt({ scale, ramp, from = 0 }: Guidance, step: number, stepCount: number): number {
  if (step < Math.round(from * stepCount)) return 1
  return SCALE_RAMPS[ramp](scale, stepCount <= 1 ? 1 : step / (stepCount - 1))
}

/**
 * Classifier-free guidance, `negative + scale · (prompt − negative)`, as weighted terms. A term of weight 0 is left out,
 * for every term costs one forward pass; where both sides are the same conditioning, one is enough.
 */
export function guidedTerms(prompt: Conditioning, negative: Conditioning, scale: number): WeightedConditioning[] {
  if (prompt === negative) return [{ conditioning: prompt, weight: 1 }]
  return [
    { conditioning: prompt, weight: scale },
    { conditioning: negative, weight: 1 - scale },
  ].filter(({ weight }) => weight !== 0)
}
