import { describe, expect, it } from 'vitest'
import { editRequestSchema, type EditRequestInput } from '../../api/edits.ts'
import { intersectRects, type PixelRect } from '../../api/geometry.ts'
import { ONE_STAGE_PACK } from '../../../models/golden/one-stage-pack.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import { fillAndPlan, inputsOf, type FilledEdit } from './edits.ts'
import type { EditedPicture } from './edit.ts'

const FIXED = ONE_STAGE_PACK
const grids = { kind: 'free', rows: 32, columns: 32, multipleOf: 2, maxTokens: 2048 } as const
const FREE: Pack = { ...FIXED, stages: [{ ...FIXED.stages[0]!, downsampleFactor: 16, grids }] }

const rect = (x: number, y: number, width: number, height: number): PixelRect => ({ x, y, width, height })
const HASH = 'a'.repeat(64)

function plan(request: EditRequestInput, pack: Pack, picture?: EditedPicture): FilledEdit {
  return fillAndPlan(editRequestSchema.parse(request), picture, pack)
}

function pictureWith(bounds: PixelRect, painted?: PixelRect): EditedPicture {
  const isAnyMasked = (cell: PixelRect) => painted !== undefined && intersectRects(cell, painted) !== undefined
  return { bounds, mask: painted && { bounds: painted, isAnyMasked } }
}

function countForgotten({ planned }: FilledEdit): number {
  return planned.plan.tokenMask.reduce((sum, forgotten) => sum + forgotten, 0)
}

describe('generate', () => {
  it('is one pass over the model’s grid for its own size', () => {
    const { request, planned } = plan({ kind: 'generate', prompt: 'a beach' }, FIXED)
    expect(planned.crop).toEqual({ x: 0, y: 0, cellSize: 8, rows: 16, columns: 16 })
    expect(planned.plan.passes).toMatchObject([{ stage: 0, window: { row: 0, column: 0, rows: 16, columns: 16 }, stepCount: 12 }])
    expect(request).toMatchObject({ packId: FIXED.id, steps: 12, size: { width: 128, height: 128 }, guidanceRamp: expect.any(String) })
    expect(inputsOf(request).frame).toEqual(rect(0, 0, 128, 128))
  })

  it('settles the surest tokens first, or evenly spread ones with the schedule that belongs to them', () => {
    const passOf = (request: EditRequestInput) => plan(request, FIXED).planned.plan.passes[0]
    expect(passOf({ kind: 'generate' })).toMatchObject({ decodingOrder: 'confidence', schedule: 'cosine' })
    expect(passOf({ kind: 'generate', decodingOrder: 'halton' })).toMatchObject({ decodingOrder: 'halton', schedule: 'arccos' })
  })

  it('draws a seed where none is given, and keeps one that is', () => {
    const drawn = new Set(Array.from({ length: 20 }, () => plan({ kind: 'generate' }, FIXED).request.seed))
    expect(drawn.size).toBeGreaterThan(18)
    expect(plan({ kind: 'generate', seed: 0 }, FIXED).request.seed).toBe(0)
  })

  it.each([
    ['a cell and a bit', rect(0, 0, 137, 128), 16, 18],
    ['twice the grid', rect(0, 0, 256, 128), 16, 32],
  ])('beyond a fixed grid works in windows: %s', (_, { width, height }, rows, columns) => {
    const { planned } = plan({ kind: 'generate', size: { width, height } }, FIXED)
    expect(planned.plan).toMatchObject({ rows, columns })
    expect(planned.plan.passes.length).toBeGreaterThan(1)
    expect(planned.plan.passes[0]!.stepCount).toBe(12)
    for (const { stepCount } of planned.plan.passes.slice(1)) expect(stepCount).toBeLessThan(12)
  })

  it('draws a small picture at the model’s size and makes it smaller', () => {
    expect(plan({ kind: 'generate', size: { width: 64, height: 64 } }, FIXED).planned.crop).toEqual({
      x: 0, y: 0, cellSize: 4, rows: 16, columns: 16,
    })
    expect(plan({ kind: 'generate', size: { width: 1, height: 1 } }, FIXED).planned.crop.cellSize).toBe(1)
  })

  it('takes the middle of a fixed grid for a flat picture', () => {
    const { crop } = plan({ kind: 'generate', size: { width: 128, height: 64 } }, FIXED).planned
    expect(crop).toEqual({ x: 0, y: -32, cellSize: 8, rows: 16, columns: 16 })
  })

  it('fits a free grid to the picture, in steps the transformer takes', () => {
    const { planned } = plan({ kind: 'generate', size: { width: 512, height: 360 } }, FREE)
    expect(planned.crop).toEqual({ x: 0, y: 0, cellSize: 16, rows: 24, columns: 32 })
    expect(planned.plan.passes).toMatchObject([{ window: { rows: 24, columns: 32 } }])
  })

  it('works in windows of the native grid where a free one has no more tokens', () => {
    const { passes } = plan({ kind: 'generate', size: { width: 1024, height: 1024 } }, FREE).planned.plan
    expect(passes.length).toBeGreaterThan(1)
    for (const { window } of passes) expect(window).toMatchObject({ rows: 32, columns: 32 })
  })

  it('refuses more than 100 megapixels and sides that no JPEG holds', () => {
    expect(() => plan({ kind: 'generate', size: { width: 10_001, height: 10_000 } }, FIXED)).toThrow(/megapixels/)
    expect(() => plan({ kind: 'generate', size: { width: 65_501, height: 8 } }, FIXED)).toThrow(/65500 pixels a side/)
  })
})

describe('inpaint', () => {
  const bounds = rect(0, 0, 128, 128)
  const inpaint = { kind: 'inpaint', image: HASH, mask: HASH } as const

  it.each([
    [rect(40, 40, 1, 1), 1, 4],
    [rect(40, 40, 8, 8), 1, 4],
    [rect(39, 40, 8, 8), 2, 4],
    [rect(32, 32, 32, 32), 16, 4],
    [rect(0, 0, 64, 64), 64, 6],
    [rect(0, 0, 128, 64), 128, 8],
    [rect(0, 0, 128, 128), 256, 12],
  ])('of %o forgets %i tokens and takes %i steps', (painted, forgotten, steps) => {
    const planned = plan(inpaint, FIXED, pictureWith(bounds, painted))
    expect(countForgotten(planned)).toBe(forgotten)
    expect(planned.request.steps).toBe(steps)
  })

  it('takes the steps it is told', () => {
    const { planned } = plan({ ...inpaint, steps: 2 }, FIXED, pictureWith(bounds, rect(0, 0, 9, 9)))
    expect(planned.plan.passes[0]!.stepCount).toBe(2)
  })

  it('with Detail works at the picture’s own scale, in sliding windows; without, in one enlarged crop', () => {
    const picture = pictureWith(rect(0, 0, 1000, 800), rect(100, 100, 400, 300))
    const enlarged = plan(inpaint, FIXED, picture).planned
    expect(enlarged.crop.cellSize).toBeGreaterThan(8)
    expect(enlarged.plan.passes).toHaveLength(1)
    const { crop, plan: detailed } = plan({ ...inpaint, isDetailed: true }, FIXED, picture).planned
    expect(crop).toMatchObject({ cellSize: 8, x: 0, y: 0 })
    expect(crop.columns * 8).toBeGreaterThanOrEqual(600)
    expect(detailed.passes.length).toBeGreaterThan(20)
    const seen = new Uint8Array(detailed.tokenMask.length)
    for (const { window } of detailed.passes) {
      expect(window).toMatchObject({ rows: 16, columns: 16 })
      for (let row = window.row; row < window.row + 16; row++) seen.fill(1, row * crop.columns + window.column, row * crop.columns + window.column + 16)
    }
    expect(detailed.tokenMask.every((mayChange, i) => mayChange === 0 || seen[i] === 1)).toBe(true)
  })

  it.each([[0, 12], [0.25, 13], [1, 26]])('with surroundings of %d, but two cells at least, draws cells of %i pixels', (surroundings, cellSize) => {
    const picture = pictureWith(rect(0, 0, 1000, 1000), rect(450, 450, 128, 128))
    expect(plan({ ...inpaint, surroundings }, FIXED, picture).planned.crop.cellSize).toBe(cellSize)
  })

  it('refuses Detail over more than fits into memory, saying what to do', () => {
    const bounds = rect(0, 0, 8000, 6000)
    expect(() => plan({ ...inpaint, isDetailed: true }, FIXED, pictureWith(bounds, bounds))).toThrow(/Detail/)
  })

  it('refuses an empty mask', () => {
    expect(() => plan(inpaint, FIXED, pictureWith(bounds))).toThrow(/painted/)
  })
})

describe('outpaint', () => {
  const bounds = rect(0, 0, 128, 128)
  const outpaint = { kind: 'outpaint', image: HASH, mask: null } as const

  it('to the right forgets what lies beyond the picture', () => {
    const planned = plan({ ...outpaint, frame: rect(0, 0, 192, 128) }, FIXED, pictureWith(bounds))
    expect(planned.planned.crop).toEqual({ x: 64, y: 0, cellSize: 8, rows: 16, columns: 16 })
    expect(countForgotten(planned)).toBe(16 * 8)
  })

  it('forgets a cell that the picture only partly fills', () => {
    const planned = plan({ ...outpaint, frame: rect(0, 0, 189, 125) }, FIXED, pictureWith(rect(0, 0, 125, 125)))
    // Beyond the picture's right edge 64 pixels: 8 columns of cells, and the one that the edge cuts.
    expect(countForgotten(planned)).toBe(9 * 16)
  })

  it('and a mask are one edit over the union', () => {
    const painted = rect(100, 100, 8, 8)
    const planned = plan({ ...outpaint, mask: HASH, frame: rect(0, 0, 192, 128) }, FIXED, pictureWith(bounds, painted))
    expect(countForgotten(planned)).toBe(16 * 8 + 4)
  })

  it('with a frame that adds nothing is a repaint', () => {
    const picture = pictureWith(rect(0, 0, 1000, 1000), rect(500, 500, 8, 8))
    const extended = plan({ ...outpaint, mask: HASH, frame: picture.bounds }, FIXED, picture)
    const repainted = plan({ kind: 'inpaint', image: HASH, mask: HASH }, FIXED, picture)
    expect(extended.planned.crop).toEqual(repainted.planned.crop)
    expect(extended.planned.plan.tokenMask).toEqual(repainted.planned.plan.tokenMask)
  })
})

it('planning a filled request gives the same plan: a retry is the same job', () => {
  const wide = pictureWith(rect(0, 0, 128, 128))
  const asked: [EditRequestInput, EditedPicture | undefined][] = [
    [{ kind: 'generate', size: { width: 300, height: 200 } }, undefined],
    [{ kind: 'generate', size: { width: 300, height: 200 }, steps: 3 }, undefined],
    [{ kind: 'inpaint', image: HASH, mask: HASH }, pictureWith(rect(-9, 4, 500, 300), rect(3, 50, 200, 9))],
    [{ kind: 'outpaint', image: HASH, mask: null, frame: rect(-200, -10, 600, 140) }, wide],
  ]
  for (const [request, picture] of asked) {
    const first = plan(request, FIXED, picture)
    expect(fillAndPlan(first.request, picture, FIXED)).toEqual(first)
  }
})
