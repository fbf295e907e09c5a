import { describe, expect, it } from 'vitest'
import type { EditPlan, Pass } from '../../../models/sampling/edit-plan.ts'
import { EditClock, estimateSeconds } from './edit-timing.ts'

const pass = (stage: number, stepCount: number, side = 16): Pass => ({
  stage, stepCount, window: { row: 0, column: 0, rows: side, columns: side },
  remaskRule: { kind: 'given' }, schedule: 'cosine', prompt: '', negativePrompt: '',
  guidance: { scale: 1, ramp: 'constant' }, temperature: 1, choiceTemperature: 0, topK: null,
})
const plan = (...passes: Pass[]): EditPlan => ({ rows: 16, columns: 16, tokenMask: new Uint8Array(256).fill(1), passes })

/** Two candidates of three steps: 100 ms before, 50 ms a step, 20 ms a result, 30 ms after. */
function measure(before: (clock: EditClock) => void = () => {}) {
  const clock = new EditClock(1000)
  before(clock)
  let now = 1100
  for (let step = 0; step < 6; step++) clock.noteStep(0, 50, (now += 50))
  for (let result = 0; result < 2; result++) clock.noteResult((now += 20))
  return clock.summarize(plan(pass(0, 3)), now + 30)
}

describe('the time of an edit', () => {
  it('is told apart into steps, results and what is done once', () => {
    expect(measure()).toEqual({ stages: [{ stepMs: 50, tokenCount: 256 }], finishMs: 20, overheadMs: 130 })
  })

  it('is what the same edit takes again', () => {
    expect(estimateSeconds(measure()!, plan(pass(0, 3)), 2)).toBeCloseTo(0.13 + 2 * (0.15 + 0.02))
  })

  it('grows with steps, candidates and the size of the windows', () => {
    const timing = measure()!
    expect(estimateSeconds(timing, plan(pass(0, 6)), 1)).toBeCloseTo(0.13 + 0.3 + 0.02)
    expect(estimateSeconds(timing, plan(pass(0, 3, 32)), 1)).toBeCloseTo(0.13 + 4 * 0.15 + 0.02)
  })

  it('counts only the steps that are left of a run that is gone on with', () => {
    const start = { tokens: new Int32Array(256), step: 2 }
    expect(estimateSeconds(measure()!, { ...plan(pass(0, 3)), start }, 1)).toBeCloseTo(0.13 + 0.05 + 0.02)
  })

  it('is kept apart for each stage', () => {
    const clock = new EditClock(0)
    clock.noteStep(0, 10, 10)
    clock.noteStep(1, 30, 40)
    clock.noteResult(45)
    const timing = clock.summarize(plan(pass(0, 1, 8), pass(1, 1, 16)), 45)
    expect(timing?.stages).toEqual([{ stepMs: 10, tokenCount: 64 }, { stepMs: 30, tokenCount: 256 }])
  })

  it('cannot be learnt from a run that went on from tokens: its steps are shorter than a whole one’s', () => {
    const clock = new EditClock(0)
    clock.noteStep(0, 10, 10)
    clock.noteResult(15)
    const start = { tokens: new Int32Array(256), step: 0 }
    expect(clock.summarize({ ...plan(pass(0, 1)), start }, 15)).toBeUndefined()
  })

  it('cannot be learnt from a job that had to load the pack', () => {
    expect(measure((clock) => clock.noteLoading())).toBeUndefined()
  })
})
