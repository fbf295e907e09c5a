import type { EditPlan } from '../../../models/sampling/edit-plan.ts'

/** What one candidate of a plan still takes at one stage of the pack. */
export interface StageSteps {
  /** Decode steps; small windows may need fewer. 0 where the plan leaves the stage out. */
  readonly stepCount: number
  /** In the stage's window: what a step costs grows with it. */
  readonly tokenCount: number
}

/** By stage, up to the last that the plan names. Steps that a start has behind it are left out, but for one. */
export function listStageSteps({ passes, start }: Pick<EditPlan, 'passes' | 'start'>): StageSteps[] {
  const planned = passes.reduce((sum, { stepCount }) => sum + stepCount, 0)
  let skipped = Math.min(start?.step ?? 0, planned - 1)
  const stages: StageSteps[] = Array.from({ length: Math.max(...passes.map(({ stage }) => stage)) + 1 }, () => ({ stepCount: 0, tokenCount: 0 }))
  for (const { stage, stepCount, window } of passes) {
    const left = Math.max(0, stepCount - skipped)
    skipped = Math.max(0, skipped - stepCount)
    const before = stages[stage]!
    stages[stage] = { stepCount: before.stepCount + left, tokenCount: Math.max(before.tokenCount, window.rows * window.columns) }
  }
  return stages
}
