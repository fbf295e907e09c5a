import { expect, it } from 'vitest'
import type { Pass } from '../../../models/sampling/edit-plan.ts'
import { listStageSteps } from './stage-steps.ts'

const pass = (stage: number, stepCount: number, side: number): Pass => ({
  stage, stepCount, window: { row: 0, column: 0, rows: side, columns: side },
  remaskRule: { kind: 'given' }, schedule: 'cosine', prompt: '', negativePrompt: '',
  guidance: { scale: 1, ramp: 'constant' }, temperature: 1, choiceTemperature: 0, topK: null,
})
const cascade = [pass(0, 12, 16), pass(0, 4, 16), pass(1, 8, 32)]

it('sums the passes of each stage', () => {
  expect(listStageSteps({ passes: cascade })).toEqual([{ stepCount: 16, tokenCount: 256 }, { stepCount: 8, tokenCount: 1024 }])
  expect(listStageSteps({ passes: [pass(1, 8, 32)] })).toEqual([{ stepCount: 0, tokenCount: 0 }, { stepCount: 8, tokenCount: 1024 }])
})

it.each([[0, [16, 8]], [14, [2, 8]], [16, [0, 8]], [20, [0, 4]], [99, [0, 1]]])('leaves out the first %i steps', (step, left) => {
  const start = { tokens: new Int32Array(0), step }
  expect(listStageSteps({ passes: cascade, start }).map(({ stepCount }) => stepCount)).toEqual(left)
})
