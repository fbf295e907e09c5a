import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'
import { softmaxRow } from './softmax-row.ts'

/** Every size up to 40 ends in a block of the kernel that is filled otherwise. */
const SIZES = [...Array.from({ length: 40 }, (_, i) => i + 1), 2048, 8192]

function logitsOf(size: number): Float32Array {
  const random = createRandom(size)
  return Float32Array.from({ length: size }, () => 40 * (random() - 0.5))
}

const exactLogSum = (logits: Float32Array) => {
  const largest = Math.max(...logits)
  return largest + Math.log([...logits].reduce((sum, logit) => sum + Math.exp(logit - largest), 0))
}

describe('the softmax of a row', () => {
  it.each(SIZES)('has the normaliser that doubles give, for %i logits', (size) => {
    const logits = logitsOf(size)
    expect(Math.abs(softmaxRow.fill(logits) - exactLogSum(logits))).toBeLessThan(1e-6)
  })

  it('is exact for logits whose exponentials no number holds', () => {
    expect(softmaxRow.fill(Float32Array.of(10_000, -10_000, 10_000))).toBeCloseTo(10_000 + Math.LN2, 5)
    expect(softmaxRow.fill(Float32Array.of(-1000, -1000))).toBeCloseTo(-1000 + Math.LN2, 5)
  })

  it('draws every index over the share that is its own', () => {
    const logits = logitsOf(50)
    const likelihoods = [...logits].map((logit) => Math.exp(logit - exactLogSum(logits)))
    softmaxRow.fill(logits)
    let below = 0
    for (const [index, likelihood] of likelihoods.entries()) {
      if (likelihood > 1e-5) {
        expect(softmaxRow.draw(below + likelihood * 0.01)).toBe(index)
        expect(softmaxRow.draw(below + likelihood * 0.99)).toBe(index)
      }
      below += likelihood
    }
  })

  it('draws flatter at a higher temperature', () => {
    softmaxRow.fill(Float32Array.of(Math.log(9), 0))
    expect([softmaxRow.draw(0.89), softmaxRow.draw(0.91)]).toEqual([0, 1])
    softmaxRow.weigh(2) // 3 to 1
    expect([softmaxRow.draw(0.74), softmaxRow.draw(0.76)]).toEqual([0, 1])
  })

  it('never draws what is below the least, nor a logit of -∞, at either end of the uniforms', () => {
    const logits = Float32Array.of(-Infinity, 1, 5, 3, 1, -Infinity)
    const ends = [0, 1 - 2 ** -53]
    softmaxRow.fill(logits)
    expect(ends.map((uniform) => softmaxRow.draw(uniform))).toEqual([1, 4])
    softmaxRow.weigh(1, 3)
    expect(ends.map((uniform) => softmaxRow.draw(uniform))).toEqual([2, 3])
  })
})
