import { describe, expect, it } from 'vitest'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { EditPlan, Pass, RemaskRule, TokenWindow } from './edit-plan.ts'
import { forgetsFirst, planTurns, type Turn } from './plan-turns.ts'
import { createRandom } from './random.ts'

const ROWS = 4
const whole: TokenWindow = { row: 0, column: 0, rows: ROWS, columns: 4 }
const passWith = (remaskRule: RemaskRule, stepCount: number, window = whole): Pass => ({
  stage: 0, window, remaskRule, schedule: 'cosine', stepCount, prompt: '', negativePrompt: '',
  guidance: { scale: 1, ramp: 'constant' }, temperature: 1, choiceTemperature: 0, topK: null,
})

/** Turns over a picture whose tokens are all known, in the order of their positions. */
function plan(passes: Pass[], columns = 4, mayChange: (position: number) => boolean = () => true): Turn[] {
  const size = ROWS * columns
  const tokenMask = Uint8Array.from({ length: size }, (_, i) => Number(mayChange(i)))
  const edit: EditPlan = { rows: ROWS, columns, tokenMask, passes }
  const tokens = new Int32Array(size).map((_, i) => (forgetsFirst(edit, 0) && mayChange(i) ? MASK_TOKEN : 1))
  return planTurns(edit, [{ rows: ROWS, columns, tokens }], [Uint32Array.from({ length: size }, (_, i) => i)])
}

const pick = (turn: Turn, seed = 1) => [...turn.pickMasked(createRandom(seed))]

describe('a stretch', () => {
  it('is masked before the first step of its pass only, and drawn over its steps', () => {
    const turns = plan([passWith({ kind: 'stretch', from: 0, to: 0.5 }, 3)])
    expect(turns.map((turn) => pick(turn).length)).toEqual([8, 0, 0])
    expect(turns.map(({ remaskCount }) => remaskCount)).toEqual([6, 3, 0])
  })

  it('and those that follow it redraw each token that may change once', () => {
    const rounds = [0, 1, 2].map((k) => passWith({ kind: 'stretch', from: k / 3, to: (k + 1) / 3 }, 1))
    const turns = plan(rounds, 4, (position) => position !== 5)
    expect(turns.flatMap((turn) => pick(turn)).sort((a, b) => a - b)).toEqual([...Array(16).keys()].filter((i) => i !== 5))
  })

  it('over overlapping windows masks each token once', () => {
    const rule = { kind: 'stretch', from: 0, to: 1 } as const
    const turns = plan([passWith(rule, 1), passWith(rule, 1, { ...whole, column: 2 })], 6)
    expect(turns.map((turn) => pick(turn).length)).toEqual([16, 8])
  })

  it('masks a token where hardly one is asked for, and nothing is left out by a pass without any', () => {
    const rounds = [0, 1, 2].map((k) => passWith({ kind: 'stretch', from: k / 30, to: (k + 1) / 30 }, 2))
    const turns = plan(rounds, 4, (position) => position < 2)
    expect(turns.map((turn) => pick(turn))).toEqual([[0]])
  })
})

describe('a random share', () => {
  it('is masked at every step, and drawn at once', () => {
    const turns = plan([passWith({ kind: 'random-share', share: 0.25 }, 5)])
    expect(turns).toHaveLength(5)
    for (const turn of turns) {
      expect(turn.remaskCount).toBe(0)
      expect(new Set(pick(turn)).size).toBe(4)
    }
  })

  it('takes every token that may change as often as any other', () => {
    const [turn] = plan([passWith({ kind: 'random-share', share: 0.25 }, 1)], 4, (position) => position < 12)
    const random = createRandom(3)
    const counts = new Array<number>(16).fill(0)
    for (let i = 0; i < 4000; i++) for (const position of turn!.pickMasked(random)) counts[position]!++
    expect(counts.slice(12)).toEqual([0, 0, 0, 0])
    for (const count of counts.slice(0, 12)) expect(count / 4000).toBeCloseTo(3 / 12, 1)
  })

  it('masks one token at least', () => {
    const [turn] = plan([passWith({ kind: 'random-share', share: 0.001 }, 1)])
    expect(pick(turn!)).toHaveLength(1)
  })
})

it('only given tokens are forgotten before the first pass', () => {
  expect(forgetsFirst({ passes: [passWith({ kind: 'random-share', share: 1 }, 1)] }, 0)).toBe(false)
  expect(forgetsFirst({ passes: [passWith({ kind: 'given' }, 1)] }, 0)).toBe(true)
  expect(forgetsFirst({ passes: [passWith({ kind: 'given' }, 1)] }, 1)).toBe(false)
})

it('a plan that may change nothing is refused', () => {
  expect(() => plan([passWith({ kind: 'random-share', share: 0.5 }, 3)], 4, () => false)).toThrow(RangeError)
  expect(() => plan([passWith({ kind: 'stretch', from: 0, to: 1 }, 3)], 4, () => false)).toThrow(RangeError)
})

describe('refining', () => {
  const fine: TokenWindow = { row: 0, column: 0, rows: 8, columns: 8 }
  const known = (side: number) => ({ rows: side, columns: side, tokens: new Int32Array(side * side) })
  /** Over a coarse grid of 4 × 4 and a fine one of 8 × 8, both in the order of their positions. */
  const planBoth = (mayChange: (position: number) => boolean, fineRule: RemaskRule): Turn[] => {
    const tokenMask = Uint8Array.from({ length: 64 }, (_, i) => Number(mayChange(i)))
    const passes = [passWith({ kind: 'stretch', from: 0, to: 0.5 }, 2), { ...passWith(fineRule, 2, fine), stage: 1 }]
    const orders = [16, 64].map((size) => Uint32Array.from({ length: size }, (_, i) => i))
    return planTurns({ rows: 8, columns: 8, tokenMask, passes }, [known(4), known(8)], orders)
  }

  it('draws anew what lies over the coarse tokens that were drawn', () => {
    const turns = planBoth(() => true, { kind: 'refine', from: 0, to: 0.5 })
    expect(turns.map(({ pass }) => pass.stage)).toEqual([0, 0, 1, 1])
    expect(pick(turns[0]!)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(pick(turns[2]!)).toEqual(Array.from({ length: 32 }, (_, i) => i))
  })

  it('leaves what the mask does not let change, under a coarse token that it touches', () => {
    const turns = planBoth((position) => position === 9, { kind: 'refine', from: 0, to: 0.5 })
    expect(pick(turns[0]!)).toEqual([0])
    expect(pick(turns[1]!)).toEqual([9])
  })

  it('is refused where there is no coarser stage', () => {
    expect(() => plan([passWith({ kind: 'refine', from: 0, to: 1 }, 2)])).toThrow(RangeError)
  })
})
