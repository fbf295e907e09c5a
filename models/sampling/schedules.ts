/** How the share of tokens still masked falls from 1 to 0 as a pass goes on. */
export type MaskSchedule = 'cosine' | 'linear' | 'arccos'

/** How many of `maskedCount` tokens are still masked when a pass has taken a share of its steps, not yet kept in bounds. */
type MaskCount = (maskedCount: number, progress: number, stepsTaken: number) => number

/**
 * The ratios are formed in float32 arithmetic: the published models' schedulers decide their counts in float32, where
 * cos(π/3) lies below 0.5, and a double would keep one token more at that step.
 */
const MASK_COUNTS: Readonly<Record<MaskSchedule, MaskCount>> = {
  cosine: (maskedCount, progress) =>
    roundDown(maskedCount * Math.fround(Math.cos(Math.fround(Math.fround(progress * Math.fround(Math.PI)) * 0.5)))),
  linear: (maskedCount, progress) => roundDown(maskedCount * Math.fround(1 - progress)),
  // The Halton scheduler's: it counts the tokens that are known (Besnier et al. 2025, and their code).
  arccos: (maskedCount, progress, stepsTaken) => {
    const ratio = Math.fround(Math.fround(Math.acos(progress)) / Math.fround(Math.PI * 0.5))
    return maskedCount - Math.max(stepsTaken, roundDown(maskedCount * Math.fround(1 - ratio)))
  },
}

function roundDown(product: number): number {
  return Math.floor(Math.fround(product))
}

/**
 * How many tokens are masked after each step of a pass, ending in 0. Counted from the tokens masked at first, as in
 * MaskGIT (Chang et al. 2022, section 3.3), so that a small region is not finished in the first step.
 *
 * Each step reveals at least one token: a region with fewer tokens than steps is done early and the list is shorter.
 *
 * @param maskedCount  tokens masked before the first step; 0 gives no step at all.
 */
export function remaskCounts(schedule: MaskSchedule, maskedCount: number, stepCount: number): number[] {
  const counts: number[] = []
  for (let masked = maskedCount, step = 1; masked > 0; step++) {
    const wanted = MASK_COUNTS[schedule](maskedCount, Math.fround(step / stepCount), step)
    masked = step >= stepCount ? 0 : Math.min(masked - 1, Math.max(0, wanted))
    counts.push(masked)
  }
  return counts
}

/**
 * The choice temperature of a step: falls linearly from `first` to 0 at the last step, where no choice is left.
 *
 * @param step  counts from 0.
 */
export function annealChoiceTemperature(first: number, step: number, stepCount: number): number {
  return stepCount <= 1 ? first : first * (1 - step / (stepCount - 1))
}
