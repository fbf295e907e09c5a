/** How the share of tokens still masked falls from 1 to 0 as a pass goes on. */
export type MaskSchedule = 'cosine' | 'linear'

/**
 * The mask ratio after `progress` of a pass, in float32 arithmetic: the published models' schedulers decide their counts
 * in float32, where cos(π/3) lies below 0.5, and a double would keep one token more at that step.
 *
 * @param progress  share of the steps taken, in [0, 1].
 */
const MASK_RATIOS: Readonly<Record<MaskSchedule, (progress: number) => number>> = {
  cosine: (progress) => Math.fround(Math.cos(Math.fround(Math.fround(progress * Math.fround(Math.PI)) * 0.5))),
  linear: (progress) => Math.fround(1 - progress),
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
    const ratio = MASK_RATIOS[schedule](Math.fround(step / stepCount))
    masked = step >= stepCount ? 0 : Math.min(masked - 1, Math.max(0, Math.floor(Math.fround(maskedCount * ratio))))
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
