import { expect, it } from 'vitest'
import { JobProgress } from './job-progress.ts'

it('knows nothing before the first step of a pack that never ran here', () => {
  expect(new JobProgress(undefined, 4, 12).secondsLeft).toBeNull()
})

it('says before the first step what earlier jobs took', () => {
  expect(new JobProgress({ stepMs: 100, finishMs: 50 }, 4, 12).secondsLeft).toBeCloseTo(5)
})

it('knows from the first step on', () => {
  const progress = new JobProgress(undefined, 2, 10)
  progress.noteStep(200, 10, 0)
  expect(progress).toMatchObject({ step: 1, stepCount: 20 })
  expect(progress.secondsLeft).toBeCloseTo(19 * 0.2)
})

it('is not misled by one slow step, such as a first one', () => {
  const progress = new JobProgress(undefined, 1, 10)
  for (const stepMs of [5000, 100, 100, 100]) progress.noteStep(stepMs, 10, 0)
  expect(progress.secondsLeft).toBeCloseTo(0.6)
})

it('follows a machine that becomes slower', () => {
  const progress = new JobProgress(undefined, 1, 60)
  for (let i = 0; i < 30; i++) progress.noteStep(10, 60, 0)
  for (let i = 0; i < 16; i++) progress.noteStep(100, 60, 0)
  expect(progress.secondsLeft).toBeCloseTo(1.4)
})

it('counts the steps that a small region really takes, and what finishing takes', () => {
  const progress = new JobProgress({ stepMs: 9, finishMs: 9 }, 2, 12)
  progress.noteStep(10, 1, 1000)
  progress.noteResult(1080)
  expect(progress.stepCount).toBe(2)
  expect(progress.secondsLeft).toBeCloseTo((10 + 80) / 1000)
  expect(progress.measured).toEqual({ stepMs: 10, finishMs: 80 })
})
