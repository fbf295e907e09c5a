import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { editRequestSchema, type EditRequestInput } from '../../api/edits.ts'
import type { PixelRect } from '../../api/geometry.ts'
import { intersectRects } from '../../api/geometry.ts'
import { writeTinyCascade } from '../../../models/golden/tiny-cascade.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import type { EditedPicture } from './edit.ts'
import { fillAndPlan } from './edits.ts'

let folder: string
let pack: Pack
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'remask-cascade-'))
  pack = await writeTinyCascade(folder)
})
afterAll(() => rm(folder, { recursive: true }))

const rect = (x: number, y: number, width: number, height: number): PixelRect => ({ x, y, width, height })
const IMAGE = 'a'.repeat(64)
const PICTURE = rect(0, 0, 32, 32)
const pictureWith = (bounds: PixelRect, painted?: PixelRect): EditedPicture => ({
  bounds,
  mask: painted && { bounds: painted, isAnyMasked: (cell) => intersectRects(cell, painted) !== undefined },
})
const withRedraw = (): Pack => {
  const [coarse, ...finer] = pack.stages
  return { ...pack, stages: [{ ...coarse!, redraw: { sweeps: 2, parts: 2, steps: 2, temperature: 0.5 } }, ...finer] }
}
const plan = (request: EditRequestInput, picture?: EditedPicture) => fillAndPlan(editRequestSchema.parse(request), picture, pack)
const passesOf = (request: EditRequestInput, picture?: EditedPicture) => plan(request, picture).planned.plan.passes

describe('with a cascade', () => {
  it('a new picture is drawn on the coarse grid, then on the finer one with steps of its own', () => {
    expect(passesOf({ kind: 'generate' })).toMatchObject([
      { stage: 0, window: { row: 0, column: 0, rows: 4, columns: 4 }, stepCount: 6, guidance: { scale: 3 } },
      { stage: 1, window: { row: 0, column: 0, rows: 8, columns: 8 }, stepCount: 4, guidance: { scale: 2 } },
    ])
  })

  it('a stage draws as freely as the pack says of it, else as of all', () => {
    const [coarse, fine] = pack.stages as [Pack['stages'][0], Pack['stages'][0]]
    const sharper: Pack = { ...pack, stages: [coarse, { ...fine, temperature: 0.25 }] }
    const { passes } = fillAndPlan(editRequestSchema.parse({ kind: 'generate' }), undefined, sharper).planned.plan
    expect(passes.map(({ temperature }) => temperature)).toEqual([1, 0.25])
  })

  it('what a stage draws from nothing is drawn again in parts, where the pack asks for it', () => {
    const redrawn = withRedraw()
    const { planned, request } = fillAndPlan(editRequestSchema.parse({ kind: 'generate' }), undefined, redrawn)
    expect(planned.plan.passes.map(({ stage, remaskRule, stepCount, temperature, choiceTemperature }) => [stage, remaskRule, stepCount, temperature, choiceTemperature])).toEqual([
      [0, { kind: 'given' }, 6, 1, 2],
      [0, { kind: 'stretch', from: 0, to: 0.5 }, 2, 0.5, 0],
      [0, { kind: 'stretch', from: 0.5, to: 1 }, 2, 0.5, 0],
      [0, { kind: 'stretch', from: 0, to: 0.5 }, 2, 0.5, 0],
      [0, { kind: 'stretch', from: 0.5, to: 1 }, 2, 0.5, 0],
      [1, { kind: 'given' }, 4, 1, 2],
    ])
    expect(fillAndPlan(request, undefined, redrawn).planned).toEqual(planned)
  })

  it('takes no more steps to draw again than it took to draw', () => {
    const { passes } = fillAndPlan(editRequestSchema.parse({ kind: 'generate', steps: 1 }), undefined, withRedraw()).planned.plan
    expect(passes.map(({ stepCount }) => stepCount)).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('draws again only what was drawn from nothing', () => {
    const vary = fillAndPlan(editRequestSchema.parse({ kind: 'vary', image: IMAGE, strength: 0.4 }), pictureWith(PICTURE, PICTURE), withRedraw())
    expect(vary.planned.plan.passes.map(({ stage }) => stage)).toEqual([0, 1])
  })

  it('the steps a user chooses are the coarse grid’s, and the finer one’s follow', () => {
    const stepsOf = (steps: number) => passesOf({ kind: 'generate', steps }).map(({ stepCount }) => stepCount)
    expect(stepsOf(12)).toEqual([12, 8])
    expect(stepsOf(1)).toEqual([1, 1])
    const { request } = plan({ kind: 'generate' })
    expect(request.steps).toBe(6)
    expect(fillAndPlan(request, undefined, pack).planned).toEqual(plan({ ...request, seed: request.seed! }).planned)
  })

  it.each([rect(0, 0, 37, 32), rect(0, 0, 32, 61), rect(0, 0, 90, 70)])('a canvas of $width × $height is whole coarse tokens, and both stages take windows', (size) => {
    const { planned } = plan({ kind: 'generate', size: { width: size.width, height: size.height } })
    expect([planned.crop.rows % 2, planned.crop.columns % 2]).toEqual([0, 0])
    const passes = planned.plan.passes
    expect(passes.filter(({ stage }) => stage === 0).every(({ window }) => window.rows === 4 && window.columns === 4)).toBe(true)
    const fine = passes.filter(({ stage }) => stage === 1)
    expect(fine.length).toBeGreaterThan(1)
    for (const { window } of fine) expect([window.rows, window.columns, window.row % 2, window.column % 2]).toEqual([8, 8, 0, 0])
    expect(passes.findIndex(({ stage }) => stage === 1)).toBe(passes.findLastIndex(({ stage }) => stage === 0) + 1)
  })

  it('repainting one cell forgets one fine token, and the coarse one under it', () => {
    const { planned } = plan({ kind: 'inpaint', image: IMAGE, mask: IMAGE }, pictureWith(PICTURE, rect(9, 9, 1, 1)))
    expect(planned.plan.tokenMask.reduce((sum, token) => sum + token, 0)).toBe(1)
    expect(planned.plan.passes.map(({ stage, remaskRule }) => [stage, remaskRule.kind])).toEqual([[0, 'given'], [1, 'given']])
  })

  it('an extension grows on both grids', () => {
    const passes = passesOf({ kind: 'outpaint', image: IMAGE, frame: rect(0, 0, 61, 32) }, pictureWith(PICTURE))
    expect(new Set(passes.map(({ stage }) => stage))).toEqual(new Set([0, 1]))
  })

  it('what a variation or another style redraws of the coarse grid is refined', () => {
    const whole = pictureWith(PICTURE, PICTURE)
    expect(passesOf({ kind: 'vary', image: IMAGE, strength: 0.4 }, whole).at(-1)).toMatchObject({ stage: 1, remaskRule: { kind: 'refine', from: 0, to: 0.4 } })
    const unreferenced = { ...pack, takesReference: false }
    const restyle = { kind: 'restyle', image: IMAGE, prompt: 'watercolor', strength: 0.8, rounds: 4 } as const
    const restyled = fillAndPlan(editRequestSchema.parse(restyle), whole, unreferenced).planned.plan.passes
    expect(restyled.map(({ stage }) => stage)).toEqual([0, 0, 0, 0, 1])
    expect(restyled.at(-1)).toMatchObject({ remaskRule: { kind: 'refine', from: 0, to: 0.8 }, prompt: 'watercolor' })
  })

  it('retouching by shares takes its many turns on the coarse grid only', () => {
    const passes = passesOf({ kind: 'retouch', image: IMAGE, prompt: 'a fox', share: 0.08 }, pictureWith(PICTURE, PICTURE))
    expect(passes.map(({ stage, stepCount }) => [stage, stepCount])).toEqual([[0, 36], [1, 4]])
  })

  it.each(['retouch', 'restyle'] as const)('a pack that takes a reference follows the words of a %s as an instruction', (kind) => {
    const passes = passesOf({ kind, image: IMAGE, prompt: 'in watercolor' }, pictureWith(PICTURE, PICTURE))
    expect(passes).toMatchObject([
      { stage: 0, isReferenced: true, prompt: 'in watercolor', remaskRule: { kind: 'stretch', from: 0 } },
      { stage: 1, prompt: '', remaskRule: { kind: 'refine', from: 0 } },
    ])
    expect(passes[1]).not.toHaveProperty('isReferenced')
  })
})
