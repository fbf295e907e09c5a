import type { EditPlan } from '../../../models/sampling/edit-plan.ts'
import { listStageSteps } from './stage-steps.ts'

/** What an edit took on this machine, so that the next one's time is known beforehand. */
export interface EditTiming {
  /** Of each stage: wall time of a decode step, previews and all, over a window of so many tokens. */
  readonly stages: readonly { readonly stepMs: number; readonly tokenCount: number }[]
  /** From a candidate's last step to its pixels. */
  readonly finishMs: number
  /** All that is done once: reading the picture, the words, writing the last candidate. */
  readonly overheadMs: number
}

/** How long a plan will take. A step over a larger window takes as much longer as the window is larger. */
export function estimateSeconds(timing: EditTiming, plan: EditPlan, candidateCount: number): number {
  const stepsMs = listStageSteps(plan).reduce((sum, { stepCount, tokenCount }, stage) => {
    const known = timing.stages[stage] ?? timing.stages.at(-1)!
    return sum + stepCount * known.stepMs * (tokenCount / known.tokenCount)
  }, 0)
  return (timing.overheadMs + candidateCount * (stepsMs + timing.finishMs)) / 1000
}

/** Measures one job from its start to its end. */
export class EditClock {
  readonly #startedMs: number
  /** By stage: wall time from the event before. */
  readonly #stepMs = new Map<number, number[]>()
  readonly #finishMs: number[] = []
  #lastMs: number | undefined
  #predictedMs = 0
  #hasLoaded = false

  constructor(startedMs: number) {
    this.#startedMs = startedMs
  }

  /** The pack had to be loaded first: what is done once cannot be told from it. */
  noteLoading(): void {
    this.#hasLoaded = true
  }

  /** @param ownMs  of the step alone, which is all there is to go by at the first one. */
  noteStep(stage: number, ownMs: number, nowMs: number): void {
    this.#stepMs.set(stage, [...(this.#stepMs.get(stage) ?? []), this.#passed(ownMs, nowMs)])
  }

  noteResult(nowMs: number): void {
    this.#finishMs.push(this.#passed(0, nowMs))
  }

  /** undefined where nothing can be learnt from it: it loaded the pack, took no step, or went on from tokens that were there. */
  summarize({ passes, start }: EditPlan, nowMs: number): EditTiming | undefined {
    if (this.#hasLoaded || start || this.#stepMs.size === 0 || this.#finishMs.length === 0) return undefined
    const stageCount = Math.max(...this.#stepMs.keys()) + 1
    const all = [...this.#stepMs.values()].flat()
    const stages = Array.from({ length: stageCount }, (_, stage) => {
      const window = passes.find((pass) => pass.stage === stage)?.window ?? passes[0]!.window
      return { stepMs: mean(this.#stepMs.get(stage) ?? all), tokenCount: window.rows * window.columns }
    })
    return { stages, finishMs: mean(this.#finishMs), overheadMs: Math.max(0, nowMs - this.#startedMs - this.#predictedMs) }
  }

  #passed(atFirstMs: number, nowMs: number): number {
    const ms = this.#lastMs === undefined ? atFirstMs : nowMs - this.#lastMs
    this.#lastMs = nowMs
    this.#predictedMs += ms
    return ms
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
