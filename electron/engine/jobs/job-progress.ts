import type { StageSteps } from './stage-steps.ts'

/** What a pack takes on this machine, as measured before. */
export interface PackTiming {
  /** Of a decode step, by stage; null where none has run here. */
  readonly stepMs: readonly (number | null)[]
  /** From a candidate's last decode step to its pixels. */
  readonly finishMs: number
}

/** Steps of a stage that count: the machine may become busy or free during a long job. */
const RECENT_STEP_COUNT = 16

/** How long a job will still take: from what was measured in it, and before a stage's first step from earlier jobs. */
export class JobProgress {
  step = 0
  stepCount: number
  readonly #known: PackTiming | undefined
  readonly #candidateCount: number
  readonly #stages: readonly StageSteps[]
  /** By stage. */
  readonly #taken: number[]
  readonly #recentStepMs: number[][]
  #finishMs: number | undefined
  #finishedCount = 0
  #lastStepAtMs: number | undefined

  /** @param stages  of one candidate, as planned; a small region may need fewer steps. */
  constructor(known: PackTiming | undefined, candidateCount: number, stages: readonly StageSteps[]) {
    this.#known = known
    this.#candidateCount = candidateCount
    this.#stages = stages
    this.#taken = stages.map(() => 0)
    this.#recentStepMs = stages.map(() => [])
    this.stepCount = candidateCount * this.#plannedCount
  }

  /** @param stepCount  of this candidate over all stages, as the pass runner counts. */
  noteStep(stage: number, stepMs: number, stepCount: number, nowMs: number): void {
    this.step++
    this.stepCount = this.#candidateCount * stepCount
    this.#taken[stage]!++
    this.#recentStepMs[stage] = [...this.#recentStepMs[stage]!, stepMs].slice(-RECENT_STEP_COUNT)
    this.#lastStepAtMs = nowMs
  }

  noteResult(nowMs: number): void {
    this.#finishedCount++
    if (this.#lastStepAtMs !== undefined) this.#finishMs = nowMs - this.#lastStepAtMs
  }

  /** undefined before the first step. Stages that have not run are as they were known. */
  get measured(): PackTiming | undefined {
    if (this.step === 0) return undefined
    const stageCount = Math.max(this.#stages.length, this.#known?.stepMs.length ?? 0)
    const stepMs = Array.from({ length: stageCount }, (_, stage) => this.#stepMsOf(stage))
    return { stepMs, finishMs: this.#finishMs ?? this.#known?.finishMs ?? 0 }
  }

  /** null where neither this job nor an earlier one has taken a step. */
  get secondsLeft(): number | null {
    const expected = this.#stages.map((_, stage) => this.#expectStepMs(stage))
    if (expected.some((stepMs) => stepMs === null)) return null
    const stepsMs = this.#listStepsLeft().reduce((sum, count, stage) => sum + count * expected[stage]!, 0)
    const candidatesLeft = this.#candidateCount - this.#finishedCount
    return (stepsMs + candidatesLeft * (this.#finishMs ?? this.#known?.finishMs ?? 0)) / 1000
  }

  get #plannedCount(): number {
    return this.#stages.reduce((sum, { stepCount }) => sum + stepCount, 0)
  }

  /** By stage. Where candidates take fewer steps than planned, every stage takes fewer. */
  #listStepsLeft(): number[] {
    const planned = this.#stages.map(({ stepCount }, stage) => {
      const meant = (stepCount * this.stepCount) / this.#plannedCount
      return Math.max(0, meant - this.#taken[stage]!)
    })
    const left = Math.max(0, this.stepCount - this.step)
    const sum = planned.reduce((total, count) => total + count, 0)
    return sum === 0 ? planned : planned.map((count) => (count * left) / sum)
  }

  /** The median of what was measured, else what was known. */
  #stepMsOf(stage: number): number | null {
    const sorted = [...(this.#recentStepMs[stage] ?? [])].sort((a, b) => a - b)
    return sorted[sorted.length >> 1] ?? this.#known?.stepMs[stage] ?? null
  }

  /** Of a stage that has never run here: as another one takes, for as many tokens. */
  #expectStepMs(stage: number): number | null {
    const { stepCount, tokenCount } = this.#stages[stage]!
    if (stepCount === 0) return 0
    const own = this.#stepMsOf(stage)
    if (own !== null) return own
    const other = this.#stages.findIndex((each, i) => each.tokenCount > 0 && this.#stepMsOf(i) !== null)
    return other === -1 ? null : this.#stepMsOf(other)! * (tokenCount / this.#stages[other]!.tokenCount)
  }
}
