import { describe, expect, it } from 'vitest'
import { MASK_TOKEN, type MaskedTransformer, type StageContext } from '../runtime/masked-transformer.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { tensor } from '../tensor/tensor.ts'
import { LikelihoodRun, planMeasuringWindows } from './likelihood-run.ts'

const GRID = { rows: 4, columns: 4 }
/** Tokens of their own, so that what was measured can be told from the result. */
const canvas: TokenGrid = { rows: 4, columns: 10, tokens: Int32Array.from({ length: 40 }, (_, i) => i) }
const conditioningOf = (text: number): Conditioning => ({ tensors: { text: tensor('float32', [1], Float32Array.of(text)) } })
const conditionings = new Map([['cat', conditioningOf(1)], ['dog', conditioningOf(2)]])

/** Gives token t under text n the logit n · t / 40; remembers what it was shown. */
function transformerWithMemory() {
  const calls: { masked: number; context: StageContext }[] = []
  const transformer: MaskedTransformer = {
    codebookSize: 40,
    async predict({ tokens }, [term], context) {
      const masked = tokens.filter((token) => token === MASK_TOKEN).length
      calls.push({ masked, context })
      const text = Number(term!.conditioning.tensors.text!.data[0])
      return Float32Array.from({ length: masked * 40 }, (_, i) => (text * (i % 40)) / 40)
    },
  }
  return { transformer, calls }
}

async function measure(tokenMask: Uint8Array, prompts = ['cat', 'dog']) {
  const { transformer, calls } = transformerWithMemory()
  const run = new LikelihoodRun(canvas, GRID, { tokenMask, prompts, subsetCount: 8 })
  while (!run.isDone) await run.advance(transformer, conditionings)
  return { run, calls }
}
const everything = new Uint8Array(40).fill(1)

describe('measuring a canvas larger than the grid', () => {
  it('measures every token under every prompt', async () => {
    const { run } = await measure(everything)
    for (const [text, prompt] of [[1, 'cat'], [2, 'dog']] as const) {
      const logits = Array.from({ length: 40 }, (_, i) => (text * i) / 40)
      const logSum = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0))
      expect([...run.likelihoods.get(prompt)!].map((value, i) => Math.abs(value - (logits[i]! - logSum)) < 1e-5)).not.toContain(false)
    }
  })

  it('shows the model where each window lies and counts its passes beforehand', async () => {
    const { run, calls } = await measure(everything)
    expect(calls).toHaveLength(run.stepCount)
    expect(calls.map(({ masked }) => masked).reduce((a, b) => a + b)).toBe(2 * 40)
    expect(new Set(calls.map(({ context }) => context.placement!.column))).toEqual(new Set([0, 2, 4, 6]))
    expect(calls[0]!.context.placement).toMatchObject({ canvasRows: 4, canvasColumns: 10 })
  })

  it('leaves out windows with nothing to measure, and says NaN there', async () => {
    const { run, calls } = await measure(everything.map((_, i) => Number(i === 20)), ['cat', 'cat'])
    expect(calls).toHaveLength(1)
    const measured = run.likelihoods.get('cat')!
    expect([...measured.keys()].filter((i) => !Number.isNaN(measured[i]))).toEqual([20])
  })
})

it('gives each token of a canvas to one window, with surroundings on all sides that go on', () => {
  const size = { rows: 9, columns: 23 }
  const owned = new Uint8Array(size.rows * size.columns)
  for (const { window, isNearest } of planMeasuringWindows(size, GRID)) {
    for (const [i, isOwn] of isNearest.entries()) {
      const [row, column] = [Math.floor(i / window.columns), i % window.columns]
      owned[(window.row + row) * size.columns + window.column + column]! += isOwn
      const isAtEdge = column === 0 && window.column > 0
      if (isAtEdge) expect(isOwn).toBe(0)
    }
  }
  expect(new Set(owned)).toEqual(new Set([1]))
})
