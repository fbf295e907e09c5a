import { describe, expect, it } from 'vitest'
import { annealChoiceTemperature, remaskCounts } from './schedules.ts'

describe('remaskCounts', () => {
  it('counts as the published cosine scheduler does, in float32', () => {
    expect(remaskCounts('cosine', 256, 12)).toEqual([253, 247, 236, 221, 203, 181, 155, 127, 97, 66, 33, 0])
    expect(remaskCounts('cosine', 1024, 12)).toEqual([1015, 989, 946, 886, 812, 724, 623, 511, 391, 265, 133, 0])
  })

  it('falls evenly where the schedule is linear', () => {
    expect(remaskCounts('linear', 256, 4)).toEqual([192, 128, 64, 0])
  })

  it('counts the known tokens as the Halton scheduler does', () => {
    // 1 − arccos(i/4)·2/π = 0.1609, 1/3, 0.5399, 1 of 256 tokens, cut to whole ones.
    expect(remaskCounts('arccos', 256, 4)).toEqual([256 - 41, 256 - 85, 256 - 138, 0])
    expect(remaskCounts('arccos', 256, 32).slice(0, 3)).toEqual([251, 246, 241])
  })

  it('is done early where there are fewer tokens than steps', () => {
    expect(remaskCounts('cosine', 3, 12)).toEqual([2, 1, 0])
    expect(remaskCounts('cosine', 1, 12)).toEqual([0])
    expect(remaskCounts('cosine', 0, 12)).toEqual([])
  })

  it.each(['cosine', 'linear', 'arccos'] as const)('reveals something in every step and ends with no mask (%s)', (schedule) => {
    for (let maskedCount = 1; maskedCount <= 40; maskedCount++) {
      for (let stepCount = 1; stepCount <= 20; stepCount++) {
        const counts = [maskedCount, ...remaskCounts(schedule, maskedCount, stepCount)]
        expect(counts.length - 1, `${maskedCount} tokens, ${stepCount} steps`).toBeLessThanOrEqual(stepCount)
        expect(counts.at(-1)).toBe(0)
        for (let i = 1; i < counts.length; i++) expect(counts[i]!).toBeLessThan(counts[i - 1]!)
      }
    }
  })
})

describe('annealChoiceTemperature', () => {
  it('falls linearly to 0 at the last step', () => {
    expect([0, 1, 2, 3, 4].map((step) => annealChoiceTemperature(2, step, 5))).toEqual([2, 1.5, 1, 0.5, 0])
  })
})
