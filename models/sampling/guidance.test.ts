import { describe, expect, it } from 'vitest'
import { guidanceScaleAt, guidedTerms } from './guidance.ts'

const cat = { tensors: {} }
const blurry = { tensors: {} }

describe('guidedTerms', () => {
  it('weighs the prompt against the negative prompt', () => {
    expect(guidedTerms(cat, blurry, 3)).toEqual([
      { conditioning: cat, weight: 3 },
      { conditioning: blurry, weight: -2 },
    ])
  })

  it('leaves the unconditional branch out where it has no weight', () => {
    expect(guidedTerms(cat, blurry, 1)).toEqual([{ conditioning: cat, weight: 1 }])
  })

  it('needs one branch where prompt and negative prompt are the same', () => {
    expect(guidedTerms(cat, cat, 5)).toEqual([{ conditioning: cat, weight: 1 }])
  })
})

describe('guidanceScaleAt', () => {
  it('is the same in every step when constant', () => {
    expect([0, 11].map((step) => guidanceScaleAt({ scale: 4, ramp: 'constant' }, step, 12))).toEqual([4, 4])
  })

  it('rises from no guidance to all of it on a ramp', () => {
    const scales = [0, 1, 2].map((step) => guidanceScaleAt({ scale: 5, ramp: 'linear' }, step, 3))
    expect(scales).toEqual([1, 3, 5])
  })

  it('gives a single step the whole scale', () => {
    expect(guidanceScaleAt({ scale: 5, ramp: 'linear' }, 0, 1)).toBe(5)
  })
})

describe('guidance that begins late', () => {
  it.each(['constant', 'linear'] as const)('leaves the first share of the steps without, then follows the %s ramp', (ramp) => {
    const scales = (from: number) => Array.from({ length: 8 }, (_, step) => guidanceScaleAt({ scale: 8, ramp, from }, step, 8))
    expect(scales(0.5).slice(0, 4)).toEqual([1, 1, 1, 1])
    expect(scales(0.5).slice(4)).toEqual(scales(0).slice(4))
  })
})
