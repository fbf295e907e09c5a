import { describe, expect, it } from 'vitest'
import { MASK_TOKEN, type MaskedTransformer } from '../runtime/masked-transformer.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { tensor } from '../tensor/tensor.ts'
import type { RunSetting } from './candidate-run.ts'
import type { EditPlan, Pass } from './edit-plan.ts'
import { runPasses, type RunCommand } from './run-passes.ts'

const CODEBOOK_SIZE = 8
const conditioningOf = (value: number): Conditioning => ({ tensors: { text: tensor('float32', [1], Float32Array.of(value)) } })
const conditionings = new Map([['', conditioningOf(0)], ['cat', conditioningOf(3)]])

/**
 * A small masked transformer by formula: every masked token's logits depend on the known tokens around it, on the
 * conditioning and on the coarser stage. It remembers what it was asked.
 */
function formulaTransformer() {
  const asked: { grid: TokenGrid; termCount: number; coarser: TokenGrid | undefined }[] = []
  const transformer: MaskedTransformer = {
    codebookSize: CODEBOOK_SIZE,
    async predict(grid, terms, { coarser }) {
      asked.push({ grid, termCount: terms.length, coarser })
      const { rows, columns, tokens } = grid
      const text = terms.reduce((sum, { weight, conditioning }) => sum + weight * Number(conditioning.tensors.text!.data[0]), 0)
      const logits: number[] = []
      for (let i = 0; i < rows * columns; i++) {
        if (tokens[i] !== MASK_TOKEN) continue
        const neighbours = (tokens[i - 1] ?? 0) + (tokens[i + 1] ?? 0) + (coarser?.tokens[0] ?? 0)
        for (let k = 0; k < CODEBOOK_SIZE; k++) logits.push(2 * Math.sin(i + 1.7 * k + 0.3 * neighbours + text))
      }
      return Float32Array.from(logits)
    },
  }
  return { transformer, asked }
}

const pass = (change: Partial<Pass> = {}): Pass => ({
  stage: 0,
  window: { row: 0, column: 0, rows: 4, columns: 4 },
  remaskRule: { kind: 'given' },
  schedule: 'cosine',
  stepCount: 6,
  prompt: 'cat',
  negativePrompt: '',
  guidance: { scale: 3, ramp: 'constant' },
  temperature: 1,
  choiceTemperature: 2,
  topK: null,
  ...change,
})

function setting(passes: Pass[], columns = 4, known: Record<number, number> = {}): RunSetting & { asked: ReturnType<typeof formulaTransformer>['asked'] } {
  const { transformer, asked } = formulaTransformer()
  const tokens = Int32Array.from({ length: 4 * columns }, (_, i) => known[i] ?? MASK_TOKEN)
  const plan: EditPlan = { rows: 4, columns, tokenMask: Uint8Array.from(tokens, (t) => Number(t === MASK_TOKEN)), passes }
  return { plan, transformers: [transformer], canvases: [{ rows: 4, columns, tokens }], conditionings, asked }
}

/** Runs to the end; `commandBeforeStep` is asked with the number of steps taken so far. */
async function run(of: RunSetting, seeds: number[], commandBeforeStep: (steps: number) => RunCommand = () => 'go-on') {
  const order: number[] = []
  const tokens = new Map<number, Int32Array>()
  const partial = new Set<number>()
  for await (const { candidate, run } of runPasses({ setting: of, seeds, readCommand: () => commandBeforeStep(order.length) })) {
    order.push(candidate)
    if (run.isDone) tokens.set(candidate, run.tokens.tokens)
    if (run.isPartial) partial.add(candidate)
  }
  return { order, tokens, partial }
}

describe('runPasses', () => {
  it('predicts all tokens, for several candidates in turn', async () => {
    const { order, tokens } = await run(setting([pass()]), [1, 2, 3])
    expect(order).toEqual(Array.from({ length: 18 }, (_, i) => i % 3))
    for (const candidate of tokens.values()) expect(candidate.includes(MASK_TOKEN)).toBe(false)
    expect(tokens.get(0)).not.toEqual(tokens.get(1))
  })

  it('gives each candidate the tokens of a run of its own', async () => {
    const together = await run(setting([pass()]), [7, 8, 9])
    for (const [candidate, seed] of [[0, 7], [1, 8], [2, 9]] as const) {
      const alone = await run(setting([pass()]), [seed])
      expect(alone.tokens.get(0)).toEqual(together.tokens.get(candidate))
    }
  })

  it('leaves every known token as it is', async () => {
    const { tokens } = await run(setting([pass()], 4, { 0: 5, 6: 2, 15: 7 }), [1])
    expect([0, 6, 15].map((i) => tokens.get(0)![i])).toEqual([5, 2, 7])
  })

  it('works through a canvas larger than the grid window by window, each seeing the one before', async () => {
    const left = pass({ window: { row: 0, column: 0, rows: 4, columns: 4 } })
    const right = pass({ window: { row: 0, column: 2, rows: 4, columns: 4 } })
    const wide = setting([left, right], 6)
    const { tokens } = await run(wide, [4])
    expect(tokens.get(0)!.includes(MASK_TOKEN)).toBe(false)
    const firstOfSecondPass = wide.asked[6]!.grid
    expect(firstOfSecondPass.columns).toBe(4)
    expect([...firstOfSecondPass.tokens].filter((token) => token === MASK_TOKEN)).toHaveLength(8)
  })

  it('hands a later stage the coarser tokens of the same part of the picture', async () => {
    const coarse = formulaTransformer()
    const fine = formulaTransformer()
    const blank = (side: number) => ({ rows: side, columns: side, tokens: new Int32Array(side * side).fill(MASK_TOKEN) })
    const passes = [pass({ window: { row: 0, column: 0, rows: 2, columns: 2 }, stepCount: 2 }), pass({ stage: 1, stepCount: 3 })]
    const cascade: RunSetting = {
      plan: { rows: 4, columns: 4, tokenMask: new Uint8Array(16).fill(1), passes },
      transformers: [coarse.transformer, fine.transformer],
      canvases: [blank(2), blank(4)],
      conditionings,
    }
    const { order, tokens } = await run(cascade, [1])
    expect(order).toHaveLength(5)
    expect(tokens.get(0)).toHaveLength(16)
    expect(coarse.asked.map(({ coarser }) => coarser)).toEqual([undefined, undefined])
    for (const { coarser } of fine.asked) {
      expect(coarser?.tokens).toHaveLength(4)
      expect(coarser?.tokens.includes(MASK_TOKEN)).toBe(false)
    }
  })

  it('skips the unconditional branch in the first step of a guidance ramp', async () => {
    const ramped = setting([pass({ guidance: { scale: 3, ramp: 'linear' } })])
    await run(ramped, [1])
    expect(ramped.asked.map(({ termCount }) => termCount)).toEqual([1, 2, 2, 2, 2, 2])
  })

  it('takes fewer steps where there are fewer tokens', async () => {
    const known = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [i, 1]))
    const { order } = await run(setting([pass()], 4, known), [1])
    expect(order).toHaveLength(2)
  })

  it('ends before the next step when it is cancelled', async () => {
    const { order, tokens } = await run(setting([pass()]), [1, 2], (steps) => (steps < 3 ? 'go-on' : 'discard'))
    expect(order).toHaveLength(3)
    expect(tokens.size).toBe(0)
  })

  it('draws what is still masked at once when the user keeps what is there', async () => {
    const wide = setting([pass(), pass({ window: { row: 0, column: 2, rows: 4, columns: 4 } })], 6)
    const { order, tokens, partial } = await run(wide, [1, 2, 3], (steps) => (steps < 2 ? 'go-on' : 'keep'))
    expect(order).toEqual([0, 1, 0, 1])
    expect([...partial]).toEqual([0, 1])
    for (const candidate of tokens.values()) expect(candidate.includes(MASK_TOKEN)).toBe(false)
    expect(wide.asked).toHaveLength(2 + 2 * 2)
  })

  it('gives the whole picture when it is kept after the last step', async () => {
    const { partial, tokens } = await run(setting([pass()]), [1, 2], (steps) => (steps < 12 ? 'go-on' : 'keep'))
    expect(tokens.size).toBe(2)
    expect(partial.size).toBe(0)
  })

  describe('over a picture that is known', () => {
    const known = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [i, i % CODEBOOK_SIZE]))
    /** Only the upper half may change. */
    function editing(passes: Pass[]) {
      const all = setting(passes, 4, known)
      return { ...all, plan: { ...all.plan, tokenMask: Uint8Array.from({ length: 16 }, (_, i) => Number(i < 8)) } }
    }
    const share = pass({ remaskRule: { kind: 'random-share', share: 0.25 }, stepCount: 10, topK: 3 })
    const rounds = [0, 1].map((k) => pass({ remaskRule: { kind: 'stretch', from: k / 2, to: (k + 1) / 2 }, stepCount: 2 }))

    it.each([['random shares', [share], 10], ['complementary stretches', rounds, 4]])('%s change what may change', async (_, passes, stepCount) => {
      const edit = editing(passes)
      const { order, tokens } = await run(edit, [1])
      expect(order).toHaveLength(stepCount)
      const before = edit.canvases[0]!.tokens
      expect([...tokens.get(0)!.subarray(8)]).toEqual([...before.subarray(8)])
      expect([...tokens.get(0)!.subarray(0, 8)]).not.toEqual([...before.subarray(0, 8)])
      expect(tokens.get(0)!.includes(MASK_TOKEN)).toBe(false)
    })

    it('each step of a random share masks it anew and sees all else', async () => {
      const edit = editing([share])
      await run(edit, [1])
      const maskedAt = edit.asked.map(({ grid }) => [...grid.tokens.keys()].filter((i) => grid.tokens[i] === MASK_TOKEN))
      for (const positions of maskedAt) expect(positions).toHaveLength(2)
      expect(new Set(maskedAt.map(String)).size).toBeGreaterThan(3)
    })

    it('equal seeds give equal tokens, other seeds others', async () => {
      for (const passes of [[share], rounds]) {
        const [first, again, other] = [await run(editing(passes), [5]), await run(editing(passes), [5]), await run(editing(passes), [6])]
        expect(first.tokens).toEqual(again.tokens)
        expect(first.tokens).not.toEqual(other.tokens)
      }
    })

    it('keeping a cancelled run draws what is masked and masks nothing more', async () => {
      const shared = editing([share])
      const afterShare = await run(shared, [1], (steps) => (steps < 3 ? 'go-on' : 'keep'))
      expect(shared.asked).toHaveLength(3)
      const inRounds = editing(rounds)
      const afterRounds = await run(inRounds, [1], (steps) => (steps < 1 ? 'go-on' : 'keep'))
      expect(inRounds.asked).toHaveLength(2)
      for (const { tokens, partial } of [afterShare, afterRounds]) {
        expect(tokens.get(0)!.includes(MASK_TOKEN)).toBe(false)
        expect([...partial]).toEqual([0])
      }
    })
  })

  it('in Halton order reveals as many tokens as its scheduler, evenly over the grid, whatever the model is sure of', async () => {
    const halton = setting([pass({ decodingOrder: 'halton', schedule: 'arccos', stepCount: 4 })])
    await run(halton, [9])
    const maskedAt = halton.asked.map(({ grid }) => [...grid.tokens.keys()].filter((i) => grid.tokens[i] === MASK_TOKEN))
    expect(maskedAt.map(({ length }) => length)).toEqual([16, 14, 11, 8])
    const again = setting([pass({ decodingOrder: 'halton', schedule: 'arccos', stepCount: 4, prompt: '', temperature: 5 })])
    await run(again, [9])
    const maskedAgain = again.asked.map(({ grid }) => [...grid.tokens.keys()].filter((i) => grid.tokens[i] === MASK_TOKEN))
    expect(maskedAgain).toEqual(maskedAt)
  })

  it('refuses a plan that forgets nothing, or forgets what no pass predicts', async () => {
    const allKnown = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [i, 1]))
    await expect(run(setting([pass()], 4, allKnown), [1])).rejects.toThrow(RangeError)
    await expect(run(setting([pass()], 6), [1])).rejects.toThrow(RangeError)
  })
})
