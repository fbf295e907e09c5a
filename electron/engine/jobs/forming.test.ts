import { beforeAll, describe, expect, it } from 'vitest'
import { NO_TOKEN, type EditRequestInput } from '../../api/edits.ts'
import type { Candidate, Job } from '../../api/jobs.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import { NO_TOKEN as KEPT_NO_TOKEN } from '../../../models/runtime/kept-tokens.ts'
import { openSharedEngine } from '../testing/shared-engine.ts'
import { countRedrawSteps, countStarterSteps, STARTER, STARTER_STAGE } from '../testing/starter-pack.ts'
import { stepOf } from './kept-trail.ts'

const engine = await openSharedEngine()
let drawn: Job
const GENERATE = { kind: 'generate', prompt: 'a lake at sunset', seed: 7, count: 1, steps: 6 } as const
const CELL = STARTER_STAGE.downsampleFactor
const { rows, columns } = STARTER_STAGE.grids
const STEP_COUNT = countStarterSteps(GENERATE.steps)
const CELL_COUNT = rows * columns
/** The tokens of all stages, coarse to fine. */
const TOKEN_COUNT = STARTER.stages.reduce((sum, { grids }) => sum + grids.rows * grids.columns, 0)
/** How many cells of the finest grid lie along a side of one of the coarsest. */
const COARSEST = STARTER.stages[0]!.downsampleFactor / CELL

beforeAll(async () => {
  drawn = await engine.runJob(GENERATE)
}, 120_000)

async function readTrail(job: Job, index = 0) {
  const answer = await engine.send('GET', `/jobs/${job.id}/candidates/${index}/trail`)
  const number = (name: string) => Number(answer.headers.get(`remask-${name}`))
  const tokens = new Uint16Array(await answer.arrayBuffer())
  return { rows: number('rows'), columns: number('columns'), stepCount: number('steps'), tokens }
}

async function putTokens(tokens: Uint16Array): Promise<string> {
  const answer = await engine.send('POST', '/blobs', new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength))
  return ((await answer.json()) as { hash: string }).hash
}

const runFrom = async (request: EditRequestInput): Promise<Candidate> => (await engine.runJob(request)).candidates[0]!
/** Of all stages. */
const allTokens = async (job: Job, index = 0) => {
  const trail = await readTrail(job, index)
  return stepOf(trail, trail.stepCount).kept
}
/** Of the finest. */
const finalTokens = async (job: Job, index = 0) => (await allTokens(job, index)).slice(-CELL_COUNT)

describe('the trail of a candidate', () => {
  it('holds every decode step and ends in the tokens of the picture', async () => {
    const trail = await readTrail(drawn)
    expect(trail).toMatchObject({ rows, columns, stepCount: STEP_COUNT })
    const masked = Array.from({ length: STEP_COUNT }, (_, i) => stepOf(trail, i + 1).kept.filter((token) => token === NO_TOKEN).length)
    // Between them, what was drawn is masked in parts and drawn again.
    const finer = countStarterSteps(GENERATE.steps) - countRedrawSteps(GENERATE.steps) - GENERATE.steps
    for (const falling of [masked.slice(0, GENERATE.steps), masked.slice(STEP_COUNT - finer)]) {
      expect(falling).toEqual(falling.toSorted((a, b) => b - a))
    }
    expect(masked.at(-1)).toBe(0)
    expect(KEPT_NO_TOKEN).toBe(NO_TOKEN)
  })

  it('shows each step as a picture, the last as the candidate itself', async () => {
    const show = async (step: number) => {
      const answer = await engine.send('GET', `/jobs/${drawn.id}/candidates/0/steps/${step}`)
      const [width, height] = ['width', 'height'].map((side) => Number(answer.headers.get(`remask-${side}`)))
      const data = new Uint8Array(await answer.arrayBuffer())
      expect(data).toHaveLength(width! * height! * 3)
      return { width, height, data }
    }
    const [first, last] = [await show(1), await show(STEP_COUNT)]
    expect(first.data).not.toEqual(last.data)
    const { width, height } = STARTER.defaults
    expect(last).toMatchObject({ width, height })
    const pixels = await engine.readTile(drawn.candidates[0]!.imageId)
    for (let i = 0; i < width; i++) for (let c = 0; c < 3; c++) expect(pixels[i * 4 + c]).toBe(last.data[i * 3 + c])
  })

  it('is told of where a step does not exist', async () => {
    expect((await engine.send('GET', `/jobs/${drawn.id}/candidates/0/steps/99`)).status).toBe(404)
    expect((await engine.send('GET', `/jobs/${drawn.id}/candidates/3/trail`)).status).toBe(404)
  })
})

describe('a branch', () => {
  it('goes on from a step under other words and keeps what was kept', async () => {
    const { kept } = stepOf(await readTrail(drawn), 3)
    const start = { tokens: await putTokens(kept), step: 3 }
    const job = await engine.runJob({ ...GENERATE, prompt: 'a desert at night', seed: 11, start })
    expect(job).toMatchObject({ state: 'done', stepCount: STEP_COUNT - 3 })
    const { kept: next } = stepOf(await readTrail(job), 1)
    for (let i = 0; i < kept.length; i++) if (kept[i] !== NO_TOKEN) expect(next[i]).toBe(kept[i])
    const again = await runFrom(job.candidates[0]!.recipe.request)
    expect(again.imageId).toBe(job.candidates[0]!.imageId)
  }, 60_000)

  it('is refused from tokens that do not fit', async () => {
    for (const tokens of [Uint16Array.of(1, NO_TOKEN), new Uint16Array(TOKEN_COUNT).fill(60_000), new Uint16Array(TOKEN_COUNT)]) {
      const start = { tokens: await putTokens(tokens), step: 1 }
      const answer = await engine.send('POST', '/jobs', { documentId: null, request: { ...GENERATE, start } })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ message: EDIT_ERRORS.startUnfit })
    }
  })
})

describe('pins', () => {
  it('of one try stay in the next, and its recipe makes it again', async () => {
    const tokens = await finalTokens(drawn)
    const pins = [17, 18, 33].map((position) => ({
      x: (position % columns) * CELL, y: Math.floor(position / columns) * CELL, cellSize: CELL, token: tokens[position]!,
    }))
    const job = await engine.runJob({ ...GENERATE, seed: 99, pins })
    const next = await finalTokens(job)
    expect([next[17], next[18], next[33]]).toEqual([tokens[17], tokens[18], tokens[33]])
    const { recipe, imageId } = job.candidates[0]!
    expect(recipe.request.pins).toHaveLength(3)
    expect((await runFrom(recipe.request)).imageId).toBe(imageId)
  }, 60_000)

  it('set while it forms become part of the recipe', async () => {
    const answer = await engine.send('POST', '/jobs', { documentId: null, request: { ...GENERATE, seed: 5, steps: 40 } })
    const { id } = (await answer.json()) as Job
    const read = () => engine.ask<Job>('GET', `/jobs/${id}`)
    for (let job = await read(); job.step < 2; job = await read()) await new Promise((resolve) => setTimeout(resolve, 10))
    const pin = { x: 0, y: 0, cellSize: CELL, token: 123 }
    expect((await engine.send('POST', `/jobs/${id}/candidates/0/pins`, { pins: [pin] })).status).toBe(204)
    let job = await read()
    for (; job.phase !== 'ended'; job = await read()) await new Promise((resolve) => setTimeout(resolve, 30))
    const { recipe, imageId } = job.candidates[0]!
    const [kept] = recipe.request.pins ?? []
    expect(kept).toMatchObject(pin)
    expect(kept!.step).toBeGreaterThan(0)
    expect((await finalTokens(job))[0]).toBe(123)
    expect((await runFrom(recipe.request)).imageId).toBe(imageId)
  }, 60_000)
})

describe('patching one candidate into another', () => {
  it('draws the cells of the join anew and no others, and its recipe makes it again', async () => {
    const job = await engine.runJob({ ...GENERATE, count: 2 })
    const [base, over] = [await finalTokens(job), await finalTokens(job, 1)]
    const edge = columns / 2 + 1
    const cells = Array.from({ length: CELL_COUNT }, (_, i) => i).filter((i) => i % columns >= edge)
    const { tokens: start } = await engine.ask<{ tokens: string }>('POST', `/jobs/${job.id}/compositions`, { base: 0, painted: [{ index: 1, cells }] })
    const patched = await engine.runJob({ ...job.request, count: 1, seed: 3, steps: 2, start: { tokens: start, step: 0 } })
    expect(patched).toMatchObject({ state: 'done', request: { steps: 2 } })
    const tokens = await finalTokens(patched)
    // One cell on each side of the edge, and where a coarser token lies under it, all that token covers.
    const [from, to] = [Math.floor((edge - 1) / COARSEST), Math.floor(edge / COARSEST) + 1].map((count) => count * COARSEST)
    for (let i = 0; i < CELL_COUNT; i++) {
      const column = i % columns
      if (column < from! || column >= to!) expect(tokens[i]).toBe(column >= edge ? over[i] : base[i])
    }
    expect(tokens).not.toContain(NO_TOKEN)
    const { recipe, imageId } = patched.candidates[0]!
    expect((await runFrom(recipe.request)).imageId).toBe(imageId)
  }, 60_000)

  it('is refused where nothing meets, and for candidates that are not there', async () => {
    const compose = (base: number, painted: object[]) => engine.send('POST', `/jobs/${drawn.id}/compositions`, { base, painted })
    const all = Array.from({ length: CELL_COUNT }, (_, i) => i)
    const refused = await compose(0, [{ index: 0, cells: all }])
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ message: EDIT_ERRORS.noJoin })
    expect((await compose(0, [{ index: 5, cells: [1] }])).status).toBe(404)
    expect((await compose(0, [])).status).toBe(400)
  })
})
