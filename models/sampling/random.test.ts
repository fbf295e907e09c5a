import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

const draw = (seed: number, count: number) => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => random())
}

describe('createRandom', () => {
  it('repeats itself for the same seed', () => {
    expect(draw(123, 50)).toEqual(draw(123, 50))
  })

  it('stays the same from version to version: a recipe would otherwise give another picture', () => {
    expect(draw(1, 3)).toEqual([0.4494886628817767, 0.4665925882291049, 0.6713631262537092])
  })

  it('fills [0, 1) evenly', () => {
    const counts = new Array<number>(10).fill(0)
    for (const value of draw(5, 20_000)) counts[Math.floor(value * 10)]!++
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200)
  })

  it('gives neighbouring seeds unrelated numbers from the first draw on', () => {
    const first = Array.from({ length: 2000 }, (_, seed) => draw(seed, 1)[0]!)
    const steps = first.slice(1).map((value, i) => Math.abs(value - first[i]!))
    expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeCloseTo(1 / 3, 1)
  })

  it('takes every unsigned 32-bit seed', () => {
    expect(draw(0, 1)).not.toEqual(draw(0xffff_ffff, 1))
    expect(draw(2 ** 32, 1)).toEqual(draw(0, 1))
  })
})
