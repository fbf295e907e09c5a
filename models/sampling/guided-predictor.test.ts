import { describe, expect, it } from 'vitest'
import { MASK_TOKEN, type MaskedTransformer } from '../runtime/masked-transformer.ts'
import { GuidedPredictor, type StepGuidance } from './guided-predictor.ts'

const prompt = { tensors: {} }
const negative = { tensors: {} }
const CODES = 3

/** The prompt adds the position to every logit; the picture adds how many tokens are known. */
function countingTransformer() {
  const calls: number[] = []
  const transformer: MaskedTransformer = {
    codebookSize: CODES,
    async predict({ tokens }, terms) {
      calls.push(terms.length)
      const known = tokens.filter((token) => token !== MASK_TOKEN).length
      return Float32Array.from([...tokens.keys()].filter((i) => tokens[i] === MASK_TOKEN).flatMap((position) =>
        Array.from({ length: CODES }, (_, code) =>
          terms.reduce((sum, { conditioning, weight }) => sum + weight * (known + code + (conditioning === prompt ? position : 0)), 0))))
    },
  }
  return { transformer, calls }
}
const grid = (...tokens: number[]) => ({ rows: 1, columns: tokens.length, tokens: Int32Array.from(tokens) })
const M = MASK_TOKEN
const guidance = (reuse: number, scale = 3): StepGuidance => ({ prompt, negative, scale, reuse })
const pass = {}

describe('GuidedPredictor', () => {
  it('asks for both sides at once where nothing is to be saved', async () => {
    const { transformer, calls } = countingTransformer()
    const logits = await new GuidedPredictor().predict(transformer, grid(M, 0, M), guidance(1), {}, pass)
    expect([...logits]).toEqual([1, 2, 3, 7, 8, 9])
    expect(calls).toEqual([2])
  })

  it('takes the difference again for as many steps as it is told, and gives the same where it has not changed', async () => {
    const { transformer, calls } = countingTransformer()
    const predictor = new GuidedPredictor()
    const exact = async (...tokens: number[]) => [...await new GuidedPredictor().predict(countingTransformer().transformer, grid(...tokens), guidance(1), {}, pass)]
    for (const tokens of [[M, M, M, M], [M, 0, M, M], [M, 0, M, 1], [2, 0, M, 1]]) {
      expect([...await predictor.predict(transformer, grid(...tokens), guidance(3), {}, pass)]).toEqual(await exact(...tokens))
    }
    // Both sides, twice the prompt's alone, both sides again.
    expect(calls).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('computes both sides where a position is masked that was not', async () => {
    const { transformer, calls } = countingTransformer()
    const predictor = new GuidedPredictor()
    await predictor.predict(transformer, grid(M, 0), guidance(8), {}, pass)
    await predictor.predict(transformer, grid(0, M), guidance(8), {}, pass)
    expect(calls).toHaveLength(4)
  })

  it('takes no difference of another pass', async () => {
    const { transformer, calls } = countingTransformer()
    const predictor = new GuidedPredictor()
    await predictor.predict(transformer, grid(M, M), guidance(8), {}, pass)
    await predictor.predict(transformer, grid(M, M), guidance(8), {}, {})
    expect(calls).toHaveLength(4)
  })

  it('needs one side where the guidance is 1', async () => {
    const { transformer, calls } = countingTransformer()
    await new GuidedPredictor().predict(transformer, grid(M), guidance(4, 1), {}, pass)
    expect(calls).toEqual([1])
  })
})
