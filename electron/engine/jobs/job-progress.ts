/** What a pack takes on this machine, as measured before. */
export interface PackTiming {
  readonly stepMs: number
  /** From a candidate's last decode step to its pixels. */
  readonly finishMs: number
}

/** Steps that count: the machine may become busy or free during a long job. */
const RECENT_STEP_COUNT = 16

/** How long a job will still take: from what was measured in it, and before its first step from earlier jobs. */
export class JobProgress {
  step = 0
  stepCount: number
  readonly #known: PackTiming | undefined
  readonly #candidateCount: number
  #recentStepMs: number[] = []
  #finishMs: number | undefined
  #finishedCount = 0
  #lastStepAtMs: number | undefined

  /** @param stepCount  decode steps of one candidate, as planned; a small region may need fewer. */
  constructor(known: PackTiming | undefined, candidateCount: number, stepCount: number) {
    this.#known = known
    this.#candidateCount = candidateCount
    this.stepCount = candidateCount * stepCount
  }

  /** @param stepCount  of this candidate, as the pass runner counts. */
  noteStep(stepMs: number, stepCount: number, nowMs: number): void {
    this.step++
    this.stepCount = this.#candidateCount * stepCount
    this.#recentStepMs = [...this.#recentStepMs, stepMs].slice(-RECENT_STEP_COUNT)
    this.#lastStepAtMs = nowMs
  }

  noteResult(nowMs: number): void {
    this.#finishedCount++
    if (this.#lastStepAtMs !== undefined) this.#finishMs = nowMs - this.#lastStepAtMs
  }

  /** undefined before the first step. */
  get measured(): PackTiming | undefined {
    if (this.#recentStepMs.length === 0) return undefined
    const sorted = [...this.#recentStepMs].sort((a, b) => a - b)
    return { stepMs: sorted[sorted.length >> 1]!, finishMs: this.#finishMs ?? this.#known?.finishMs ?? 0 }
  }

  /** null where neither this job nor an earlier one has taken a step. */
  get secondsLeft(): number | null {
    const timing = this.measured ?? this.#known
    if (timing === undefined) return null
    const stepsLeft = Math.max(0, this.stepCount - this.step)
    const candidatesLeft = this.#candidateCount - this.#finishedCount
    return (stepsLeft * timing.stepMs + candidatesLeft * timing.finishMs) / 1000
  }
}
