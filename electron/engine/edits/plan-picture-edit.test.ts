import { describe, expect, it } from 'vitest'
import { editRequestSchema, type EditRequestInput } from '../../api/edits.ts'
import { intersectRects, type PixelRect } from '../../api/geometry.ts'
import { ONE_STAGE_PACK } from '../../../models/golden/one-stage-pack.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { planTurns } from '../../../models/sampling/plan-turns.ts'
import { createRandom } from '../../../models/sampling/random.ts'
import type { EditedPicture } from './edit.ts'
import { fillAndPlan, inputsOf, type FilledEdit } from './edits.ts'

/** A transformer that takes 4 × 4 tokens of 8 pixels. */
const pack: Pack = { ...ONE_STAGE_PACK, stages: [{ ...ONE_STAGE_PACK.stages[0]!, grids: { kind: 'fixed', rows: 4, columns: 4 } }] }

const IMAGE = 'a'.repeat(64)
const BOUNDS: PixelRect = { x: 0, y: 0, width: 32, height: 32 }
const UPPER_HALF: PixelRect = { x: 0, y: 0, width: 32, height: 16 }

function plan(request: EditRequestInput, painted: PixelRect | undefined = BOUNDS): FilledEdit {
  const isAnyMasked = (cell: PixelRect) => painted !== undefined && intersectRects(cell, painted) !== undefined
  const picture: EditedPicture = { bounds: BOUNDS, mask: painted && { bounds: painted, isAnyMasked } }
  return fillAndPlan(editRequestSchema.parse(request), picture, pack)
}

/** Which of the 16 tokens each turn masks, over a picture whose tokens are known. */
function maskedTokens({ planned }: FilledEdit): number[][] {
  const canvas = { rows: 4, columns: 4, tokens: new Int32Array(16).fill(1) }
  const order = Uint32Array.from({ length: 16 }, (_, i) => i)
  const random = createRandom(1)
  return planTurns(planned.plan, [canvas], [order]).map(({ pickMasked }) => [...pickMasked(random)])
}

const whole = [...Array(16).keys()]
const sorted = (positions: number[]) => positions.toSorted((a, b) => a - b)

describe('vary', () => {
  it.each([[0.01, 1], [0.25, 4], [0.5, 8], [0.99, 16], [1, 16]])('of strength %d masks %i of 16 tokens at the start', (strength, count) => {
    const [first, ...others] = maskedTokens(plan({ kind: 'vary', image: IMAGE, strength }))
    expect(first).toHaveLength(count)
    expect(others.flat()).toEqual([])
  })

  it('keeps to the mask', () => {
    const [first] = maskedTokens(plan({ kind: 'vary', image: IMAGE, mask: IMAGE, strength: 1 }, UPPER_HALF))
    expect(sorted(first!)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('refuses a strength of 0, saying why', () => {
    expect(() => plan({ kind: 'vary', image: IMAGE, strength: 0 })).toThrow(/strength of 0/)
  })
})

describe('remove', () => {
  it('forgets what the mask covers and uses no words', () => {
    const { request, planned } = plan({ kind: 'remove', image: IMAGE, mask: IMAGE, prompt: 'a cat', negativePrompt: 'a dog' }, UPPER_HALF)
    expect(request).toMatchObject({ prompt: '', negativePrompt: '' })
    expect(planned.plan.passes).toMatchObject([{ prompt: '', negativePrompt: '', remaskRule: { kind: 'given' } }])
    expect([...planned.plan.tokenMask]).toEqual(whole.map((i) => Number(i < 8)))
  })

  it('refuses an empty mask', () => {
    expect(() => fillAndPlan(editRequestSchema.parse({ kind: 'remove', image: IMAGE, mask: IMAGE }), { bounds: BOUNDS, mask: undefined }, pack)).toThrow(/painted/)
  })
})

describe('restyle', () => {
  const restyle = { kind: 'restyle', image: IMAGE, prompt: 'watercolour' } as const

  it.each([1, 2, 3, 5, 16])('in %i rounds draws each token once at full strength', (rounds) => {
    const filled = plan({ ...restyle, strength: 1, rounds })
    expect(filled.planned.plan.passes).toHaveLength(rounds)
    expect(sorted(maskedTokens(filled).flat())).toEqual(whole)
  })

  it('draws a share of them at less', () => {
    expect(maskedTokens(plan({ ...restyle, strength: 0.5, rounds: 2 })).flat()).toHaveLength(8)
  })

  it('refuses a strength of 0 and a style without words', () => {
    expect(() => plan({ ...restyle, strength: 0 })).toThrow(/strength of 0/)
    expect(() => plan({ ...restyle, prompt: ' ' })).toThrow(/style/)
  })
})

describe('retouch', () => {
  const retouch = { kind: 'retouch', image: IMAGE, prompt: 'a dog' } as const

  it('has Muse’s own settings', () => {
    const { request, planned } = plan(retouch)
    expect(request).toMatchObject({ share: 0.08, guidanceScale: 4, guidanceRamp: 'constant', steps: 36 })
    expect(planned.plan.passes).toMatchObject([{ topK: 3, stepCount: 36, remaskRule: { kind: 'random-share', share: 0.08 } }])
  })

  it('masks a share of what may change at every step, and takes other settings', () => {
    const masked = maskedTokens(plan({ ...retouch, mask: IMAGE, share: 0.25, steps: 9, guidanceScale: 2 }, UPPER_HALF))
    expect(masked).toHaveLength(9)
    for (const positions of masked) {
      expect(positions).toHaveLength(2)
      for (const position of positions) expect(position).toBeLessThan(8)
    }
  })

  it('refuses to go without words', () => {
    expect(() => plan({ ...retouch, prompt: '' })).toThrow(/what to change/)
  })
})

const ALL: EditRequestInput[] = [
  { kind: 'vary', image: IMAGE },
  { kind: 'remove', image: IMAGE, mask: IMAGE },
  { kind: 'restyle', image: IMAGE, prompt: 'ink', strength: 0.7, rounds: 4 },
  { kind: 'retouch', image: IMAGE, prompt: 'a dog' },
]

it.each(ALL)('planning a filled $kind gives the same plan: a retry is the same job', (request) => {
  const first = plan(request, UPPER_HALF)
  const picture = { bounds: BOUNDS, mask: { bounds: UPPER_HALF, isAnyMasked: (cell: PixelRect) => intersectRects(cell, UPPER_HALF) !== undefined } }
  expect(fillAndPlan(first.request, picture, pack)).toEqual(first)
})

it('without a mask all of the picture may change, where the edit can do without', () => {
  expect(ALL.map((request) => inputsOf(editRequestSchema.parse(request)).isWholeWithoutMask)).toEqual([true, undefined, true, true])
})
