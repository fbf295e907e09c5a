import { describe, expect, it } from 'vitest'
import { JobProgress } from './job-progress.ts'

const stage = (stepCount: number, tokenCount = 256) => ({ stepCount, tokenCount })

it('knows nothing before the first step of a pack that never ran here', () => {
  expect(new JobProgress(undefined, 4, [stage(12)]).secondsLeft).toBeNull()
})

it('says before the first step what earlier jobs took', () => {
  expect(new JobProgress({ stepMs: [100], finishMs: 50 }, 4, [stage(12)]).secondsLeft).toBeCloseTo(5)
})

it('knows from the first step on', () => {
  const progress = new JobProgress(undefined, 2, [stage(10)])
  progress.noteStep(0, 200, 10, 0)
  expect(progress).toMatchObject({ step: 1, stepCount: 20 })
  expect(progress.secondsLeft).toBeCloseTo(19 * 0.2)
})

it('is not misled by one slow step, such as a first one', () => {
  const progress = new JobProgress(undefined, 1, [stage(10)])
  for (const stepMs of [5000, 100, 100, 100]) progress.noteStep(0, stepMs, 10, 0)
  expect(progress.secondsLeft).toBeCloseTo(0.6)
})

it('follows a machine that becomes slower', () => {
  const progress = new JobProgress(undefined, 1, [stage(60)])
  for (let i = 0; i < 30; i++) progress.noteStep(0, 10, 60, 0)
  for (let i = 0; i < 16; i++) progress.noteStep(0, 100, 60, 0)
  expect(progress.secondsLeft).toBeCloseTo(1.4)
})

it('counts the steps that a small region really takes, and what finishing takes', () => {
  const progress = new JobProgress({ stepMs: [9], finishMs: 9 }, 2, [stage(12)])
  progress.noteStep(0, 10, 1, 1000)
  progress.noteResult(1080)
  expect(progress.stepCount).toBe(2)
  expect(progress.secondsLeft).toBeCloseTo((10 + 80) / 1000)
  expect(progress.measured).toEqual({ stepMs: [10], finishMs: 80 })
})

describe('in a cascade', () => {
  const cascade = [stage(12), stage(8, 1024)]

  it('each stage’s steps take their own time', () => {
    const progress = new JobProgress({ stepMs: [100, 300], finishMs: 0 }, 2, cascade)
    expect(progress.secondsLeft).toBeCloseTo(2 * (1.2 + 2.4))
    for (let i = 0; i < 24; i++) progress.noteStep(0, 50, 20, 0)
    expect(progress.secondsLeft).toBeCloseTo(2 * 2.4)
    for (let i = 0; i < 4; i++) progress.noteStep(1, 200, 20, 0)
    expect(progress.secondsLeft).toBeCloseTo(12 * 0.2)
    expect(progress.measured).toEqual({ stepMs: [50, 200], finishMs: 0 })
  })

  it('a stage that never ran here is thought to take as long for a token', () => {
    const progress = new JobProgress(undefined, 1, cascade)
    progress.noteStep(0, 100, 20, 0)
    expect(progress.secondsLeft).toBeCloseTo(1.1 + 8 * 0.4)
    expect(progress.measured?.stepMs).toEqual([100, null])
  })

  it('a stage that is left out takes no time, and what was known of it stays', () => {
    const progress = new JobProgress({ stepMs: [100, 300], finishMs: 0 }, 1, [stage(0, 0), stage(8, 1024)])
    progress.noteStep(1, 200, 8, 0)
    expect(progress.secondsLeft).toBeCloseTo(7 * 0.2)
    expect(progress.measured?.stepMs).toEqual([100, 200])
  })

  it('fewer steps than planned are fewer in both stages', () => {
    const progress = new JobProgress({ stepMs: [100, 300], finishMs: 0 }, 1, cascade)
    progress.noteStep(0, 100, 10, 0)
    expect(progress.secondsLeft).toBeCloseTo(5 * 0.1 + 4 * 0.3)
  })
})
