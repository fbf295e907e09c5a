import { expect, it } from 'vitest'
import { MASK_TOKEN, type MaskedTransformer } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { tensor } from '../tensor/tensor.ts'
import { meanLikelihood, measureLikelihoods } from './token-likelihood.ts'

const grid: TokenGrid = { rows: 4, columns: 4, tokens: Int32Array.from({ length: 16 }, (_, i) => i % 3) }
const termsFor = (text: number) => [
  { conditioning: { tensors: { text: tensor('float32', [1], Float32Array.of(text)) } }, weight: 1 },
]

/** Finds token 0 `text` times as likely as each of the two others; remembers what was masked. */
function transformerWith(): { transformer: MaskedTransformer; masked: number[][] } {
  const masked: number[][] = []
  const transformer: MaskedTransformer = {
    codebookSize: 3,
    async predict({ tokens }, [term]) {
      const positions = [...tokens.keys()].filter((i) => tokens[i] === MASK_TOKEN)
      masked.push(positions)
      const text = Number(term!.conditioning.tensors.text!.data[0])
      return Float32Array.from(positions.flatMap(() => [1000 + Math.log(text), 1000, 1000]))
    },
  }
  return { transformer, masked }
}

it('is the logarithm of the probability that the model gives a token it cannot see', async () => {
  const likelihoods = await measureLikelihoods(transformerWith().transformer, grid, termsFor(2))
  for (const [i, token] of grid.tokens.entries()) {
    expect(likelihoods[i]).toBeCloseTo(Math.log(token === 0 ? 1 / 2 : 1 / 4), 4)
  }
})

it('masks each token once, in as many subsets as asked for, the same for every prompt', async () => {
  const { transformer, masked } = transformerWith()
  await measureLikelihoods(transformer, grid, termsFor(2), {}, 5)
  await measureLikelihoods(transformer, grid, termsFor(7), {}, 5)
  expect(masked).toHaveLength(10)
  expect(masked.slice(0, 5)).toEqual(masked.slice(5))
  expect(masked.slice(0, 5).flat().sort((a, b) => a - b)).toEqual([...grid.tokens.keys()])
})

it('takes fewer passes where there are fewer tokens than subsets', async () => {
  const { transformer, masked } = transformerWith()
  await measureLikelihoods(transformer, { rows: 1, columns: 3, tokens: Int32Array.of(0, 1, 2) }, termsFor(1))
  expect(masked.map(({ length }) => length)).toEqual([1, 1, 1])
})

it('compares prompts over a region', async () => {
  const { transformer } = transformerWith()
  const isZero = Uint8Array.from(grid.tokens, (token) => Number(token === 0))
  const weak = meanLikelihood(await measureLikelihoods(transformer, grid, termsFor(1)), isZero)
  const strong = meanLikelihood(await measureLikelihoods(transformer, grid, termsFor(6)), isZero)
  expect(weak).toBeCloseTo(Math.log(1 / 3), 4)
  expect(strong).toBeCloseTo(Math.log(6 / 8), 4)
})
