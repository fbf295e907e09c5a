import { describe, expect, it } from 'vitest'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import { decodeStep } from './decode-step.ts'
import { createRandom } from './random.ts'

const greedy = { temperature: 1e-6, choiceTemperature: 0, remaskCount: 0, topK: null }

/** Three tokens over a codebook of two: certain of 1, unsure, certain of 0. */
const logits = Float32Array.of(-9, 9, 0.1, 0, 9, -9)
const allMasked = Int32Array.of(MASK_TOKEN, MASK_TOKEN, MASK_TOKEN)

/** How often each of `codebookSize` tokens is drawn for one masked token. */
function countDraws(row: Float32Array, options: { temperature: number; topK: number | null }): number[] {
  const random = createRandom(42)
  const counts = new Array<number>(row.length).fill(0)
  for (let i = 0; i < 4000; i++) {
    const { tokens } = decodeStep(Int32Array.of(MASK_TOKEN), row, { ...greedy, ...options }, random)
    counts[tokens[0]!]!++
  }
  return counts.map((count) => count / 4000)
}

describe('decodeStep', () => {
  it('predicts every masked token', () => {
    expect(decodeStep(allMasked, logits, greedy, createRandom(1)).tokens).toEqual(Int32Array.of(1, 0, 0))
  })

  it('leaves known tokens alone, and takes logits for the masked ones only', () => {
    const known = Int32Array.of(7, MASK_TOKEN, 9)
    expect(decodeStep(known, logits.subarray(0, 2), greedy, createRandom(1)).tokens).toEqual(Int32Array.of(7, 1, 9))
  })

  it('masks the least confident token again, and tells its guess of it', () => {
    const next = decodeStep(allMasked, logits, { ...greedy, remaskCount: 1 }, createRandom(1))
    expect(next.tokens).toEqual(Int32Array.of(1, MASK_TOKEN, 0))
    expect(next.guess).toEqual(Int32Array.of(1, 0, 0))
  })

  it('keeps other tokens than the most confident ones where chance is asked for', () => {
    const random = createRandom(7)
    const options = { ...greedy, choiceTemperature: 20, remaskCount: 1 }
    const remasked = Array.from({ length: 60 }, () => decodeStep(allMasked, logits, options, random).tokens.indexOf(-1))
    expect(new Set(remasked)).toEqual(new Set([0, 1, 2]))
  })

  it('keeps the tokens of the lowest ranks where ranks decide, and asks for no choice noise', () => {
    let asked = 0
    const options = { ...greedy, choiceTemperature: 9, remaskCount: 2, ranks: Int32Array.of(7, 2, 5) }
    const next = decodeStep(allMasked, logits, options, () => (asked++, 0.5))
    expect(next.tokens).toEqual(Int32Array.of(MASK_TOKEN, 0, MASK_TOKEN))
    expect(asked).toBe(3)
  })

  it('does not write to its input', () => {
    decodeStep(allMasked, logits, greedy, createRandom(1))
    expect(allMasked).toEqual(Int32Array.of(MASK_TOKEN, MASK_TOKEN, MASK_TOKEN))
  })

  it('draws tokens as often as the softmax says', () => {
    expect(countDraws(Float32Array.of(Math.log(3), 0), { temperature: 1, topK: null })[0]).toBeCloseTo(0.75, 1)
  })

  it('draws flatter at a higher temperature', () => {
    expect(countDraws(Float32Array.of(Math.log(9), 0), { temperature: 2, topK: null })[0]).toBeCloseTo(0.75, 1)
  })

  it('draws only among the k likeliest', () => {
    const [first, second, third, fourth] = countDraws(Float32Array.of(0, 1, 0.5, 1), { temperature: 1, topK: 2 })
    expect([first, third]).toEqual([0, 0])
    expect(second! + fourth!).toBe(1)
    expect(second).toBeCloseTo(0.5, 1)
  })

  it('stays finite when the logits are far beyond exp()', () => {
    const huge = Float32Array.of(1000, -1000, 0, 0, 1000, -1000)
    const { tokens } = decodeStep(allMasked, huge, { ...greedy, remaskCount: 1 }, createRandom(1))
    expect(tokens).toEqual(Int32Array.of(0, MASK_TOKEN, 0))
  })

  it('asks for two uniforms per masked token and none for a known one', () => {
    let asked = 0
    decodeStep(Int32Array.of(MASK_TOKEN, 5, MASK_TOKEN), logits.subarray(0, 4), greedy, () => ++asked / 10)
    expect(asked).toBe(4)
  })

  it.each([
    ['sizes that do not divide', new Float32Array(7), greedy],
    ['a temperature of 0', logits, { ...greedy, temperature: 0 }],
    ['a remask count that reveals nothing', logits, { ...greedy, remaskCount: 3 }],
    ['a remask count that is not a number', logits, { ...greedy, remaskCount: NaN }],
    ['a choice among no tokens', logits, { ...greedy, topK: 0 }],
  ])('refuses %s', (_, badLogits, options) => {
    expect(() => decodeStep(allMasked, badLogits, options, createRandom(1))).toThrow(RangeError)
  })
})
