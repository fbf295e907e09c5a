import { expect, it } from 'vitest'
import { MASK_TOKEN, type MaskedTransformer } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { tensor } from '../tensor/tensor.ts'
import { measureSubset, planSubsets } from './token-likelihood.ts'

const grid: TokenGrid = { rows: 4, columns: 4, tokens: Int32Array.from({ length: 16 }, (_, i) => i % 3) }
const all = new Uint8Array(16).fill(1)
const termsFor = (text: number) => [
  { conditioning: { tensors: { text: tensor('float32', [1], Float32Array.of(text)) } }, weight: 1 },
]

/** Finds token 0 `text` times as likely as each of the two others. */
const transformer: MaskedTransformer = {
  codebookSize: 3,
  async predict({ tokens }, [term]) {
    const text = Number(term!.conditioning.tensors.text!.data[0])
    return Float32Array.from([...tokens].filter((token) => token === MASK_TOKEN).flatMap(() => [1000 + Math.log(text), 1000, 1000]))
  },
}

it('is the logarithm of the probability that the model gives a token it cannot see', async () => {
  const positions = Uint32Array.of(1, 3, 10)
  const likelihoods = await measureSubset(transformer, grid, positions, termsFor(2))
  for (const [i, position] of positions.entries()) {
    expect(likelihoods[i]).toBeCloseTo(Math.log(grid.tokens[position] === 0 ? 1 / 2 : 1 / 4), 4)
  }
})

it('leaves the picture as it was', async () => {
  const before = grid.tokens.slice()
  await measureSubset(transformer, grid, Uint32Array.of(0, 1), termsFor(2))
  expect(grid.tokens).toEqual(before)
})

it('masks each token once, in as many subsets as asked for', () => {
  const subsets = planSubsets(grid, all, 5)
  expect(subsets).toHaveLength(5)
  expect(subsets.flatMap((positions) => [...positions]).sort((a, b) => a - b)).toEqual([...grid.tokens.keys()])
})

it('takes fewer passes where there are fewer tokens than subsets', () => {
  const isWanted = all.map((_, i) => Number(i % 6 === 0))
  expect(planSubsets(grid, isWanted, 8).map((positions) => [...positions]).flat().sort((a, b) => a - b)).toEqual([0, 6, 12])
  expect(planSubsets(grid, isWanted, 8)).toHaveLength(3)
})

it('spreads each subset evenly over the grid', () => {
  for (const positions of planSubsets({ rows: 16, columns: 16 }, new Uint8Array(256).fill(1), 8)) {
    const quarters = [0, 0, 0, 0]
    for (const position of positions) quarters[2 * Number(position >= 128) + Number(position % 16 >= 8)]!++
    for (const count of quarters) expect(Math.abs(count - positions.length / 4)).toBeLessThanOrEqual(3)
  }
})
