import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meanLikelihood, type Analysis, type AnalysisRequestInput, type AnalysisResult } from '../../api/analyses.ts'
import type { ImageId } from '../../api/images.ts'
import { buildInference } from '../testing/build-inference.ts'
import { openTestEngine, removeBundle, type TestEngine } from '../testing/open-test-engine.ts'
import { STARTER, STARTER_STAGE } from '../testing/starter-pack.ts'

// Likelihoods measured by the real starter pack, asked for as a window does.

const { width, height } = STARTER.defaults
const { grids: { rows, columns }, downsampleFactor: CELL } = STARTER_STAGE
/** How many cells lie along a side of one of the coarsest stage's: a crop holds whole ones. */
const COARSEST = STARTER.stages[0]!.downsampleFactor / CELL
/** As large as the model's pictures, but for a column of cells. */
const BOUNDS = { x: 0, y: 0, width: width - CELL, height }
/** Blue above, green below: a sky over a meadow, as far as that goes. */
const pixelAt = (x: number, y: number) => (y < height / 2 ? [120, 170, 230, 255] : [70, 150 + ((x * 7) % 20), 60, 255])

let folder: string
let bundle: string
let engine: TestEngine
let image: ImageId
beforeAll(async () => {
  bundle = await buildInference()
  folder = await mkdtemp(join(tmpdir(), 'remask-analyses-'))
  engine = await openTestEngine(folder, bundle)
  image = await engine.paint(BOUNDS, 'rgba8', pixelAt)
}, 60_000)
afterAll(async () => {
  await engine.engine.dispose()
  await Promise.all([rm(folder, { recursive: true, maxRetries: 10 }), removeBundle(bundle)])
})

const start = (request: AnalysisRequestInput, asked = engine) => asked.ask<Analysis>('POST', '/analyses', request)
async function waitFor(id: string, isWanted = ({ state }: Analysis) => state !== 'running', asked = engine): Promise<Analysis> {
  for (;;) {
    const analysis = await asked.ask<Analysis>('GET', `/analyses/${id}`)
    if (isWanted(analysis)) return analysis
    if (analysis.state !== 'running') throw new Error(`The analysis ended: ${analysis.state} ${analysis.error?.message ?? ''}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
async function measure(request: AnalysisRequestInput, asked = engine): Promise<AnalysisResult> {
  const { id } = await start(request, asked)
  expect(await waitFor(id, undefined, asked)).toMatchObject({ state: 'done', error: null })
  return asked.ask('GET', `/analyses/${id}/result`)
}
const ofPicture = (prompts: string[], of: ImageId = image): AnalysisRequestInput => ({ source: { kind: 'picture', image: of }, prompts })

describe('a picture’s likelihoods', () => {
  it('are given for each of its cells, and for none beyond it', async () => {
    const { crop, likelihoods } = await measure(ofPicture(['a green meadow on a sunny day', '']))
    expect(crop).toEqual({ x: 0, y: 0, cellSize: CELL, rows, columns })
    expect(likelihoods).toHaveLength(2)
    for (const values of likelihoods) {
      for (const [i, value] of values.entries()) {
        if (i % columns === columns - 1) expect(value).toBeNull()
        else expect(value).toBeLessThan(0)
      }
    }
  })

  it('are the same each time, and are not measured twice', async () => {
    const asked = ofPicture(['a forest'], await engine.paint({ ...BOUNDS, width: 100 }, 'rgba8', pixelAt))
    const first = await measure(asked)
    const again = await start(asked)
    expect(again.state).toBe('done')
    expect(await engine.ask('GET', `/analyses/${again.id}/result`)).toEqual(first)
    const other = await mkdtemp(join(tmpdir(), 'remask-analyses-'))
    const otherEngine = await openTestEngine(other, bundle)
    try {
      const painted = await otherEngine.paint({ ...BOUNDS, width: 100 }, 'rgba8', pixelAt)
      expect(await measure(ofPicture(['a forest'], painted), otherEngine)).toEqual(first)
    } finally {
      await otherEngine.engine.dispose()
      await rm(other, { recursive: true })
    }
  }, 60_000)

  it('of one larger than the model’s grid are measured in windows', async () => {
    const wideColumns = 2 * columns + 6
    const wide = await engine.paint({ x: -40, y: 0, width: wideColumns * CELL - 4, height: (rows - 3) * CELL - 4 }, 'rgba8', pixelAt)
    const { crop, likelihoods } = await measure(ofPicture(['a green meadow'], wide))
    expect(crop).toEqual({ x: -40, y: 0, cellSize: CELL, rows, columns: wideColumns })
    expect(likelihoods[0]!.filter((value) => value !== null)).toHaveLength((rows - 3) * wideColumns)
    const size = { width: width * 1.5 + CELL, height: height * 1.5 }
    const large = { source: { kind: 'picture', image: await engine.paint({ x: 0, y: 0, ...size }, 'rgba8', pixelAt) } } as const
    expect((await measure({ ...large, prompts: [''] })).crop).toMatchObject({ cellSize: CELL * 1.5, rows })
    const full = { source: { ...large.source, detail: 'full' }, prompts: [''] } as const
    expect((await measure({ ...full, prompts: [''] })).crop).toMatchObject({ cellSize: CELL, rows: size.height / CELL, columns: Math.ceil(size.width / CELL / COARSEST) * COARSEST })
  }, 60_000)

  it('tell how far they are, and end when they are cancelled', async () => {
    const wide = await engine.paint({ x: 0, y: 0, width: 16 * width, height }, 'rgba8', pixelAt)
    const events = engine.collectEvents('analyses', (event) => event.type === 'analysis' && event.analysis.state === 'cancelled')
    const { id } = await start(ofPicture(['a', 'b'], wide))
    const running = await waitFor(id, ({ step }) => step > 1)
    expect(running.stepCount).toBeGreaterThan(100)
    expect(running.secondsLeft).toBeGreaterThan(0)
    expect(await engine.ask('DELETE', `/analyses/${id}`)).toMatchObject({ state: 'cancelled' })
    expect((await events).filter(({ type }) => type === 'analysis').length).toBeGreaterThan(2)
    await expect(engine.ask('GET', `/analyses/${id}/result`)).rejects.toMatchObject({ code: 'not-found' })
  }, 60_000)

  it('let a job go first', async () => {
    const wide = await engine.paint({ x: 0, y: 0, width: 24 * width, height }, 'rgba8', pixelAt)
    const { id } = await start(ofPicture(['a', 'b'], wide))
    const job = await engine.runJob({ kind: 'generate', prompt: 'a beach', seed: 1, count: 1, steps: 2 })
    expect(job.state).toBe('done')
    expect((await engine.ask<Analysis>('GET', `/analyses/${id}`)).state).toBe('running')
    await engine.ask('DELETE', `/analyses/${id}`)
  }, 60_000)

  it('of what is no picture are refused', async () => {
    const mask = await engine.paint(BOUNDS, 'mask8', () => [255])
    await expect(start(ofPicture(['a'], mask))).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(start(ofPicture(['a'], 'f'.repeat(64)))).rejects.toMatchObject({ code: 'not-found' })
    await expect(start({ ...ofPicture([]) })).rejects.toMatchObject({ code: 'invalid-request' })
    await expect(engine.ask('GET', '/analyses/none')).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a candidate’s likelihoods', () => {
  it('are those of the tokens that were drawn, and of no others', async () => {
    const mask = await engine.paint(BOUNDS, 'mask8', (x, y) => [x >= 32 && x < 64 && y >= 80 && y < 96 ? 255 : 0])
    const prompt = 'a green meadow on a sunny day'
    const job = await engine.runJob({ kind: 'inpaint', image, mask, prompt, seed: 5, count: 1, steps: 4 })
    const { crop, likelihoods } = await measure({ source: { kind: 'candidate', jobId: job.id, index: 0 }, prompts: [prompt] })
    const drawn = likelihoods[0]!.flatMap((value, i) => (value === null ? [] : [[Math.floor(i / crop.columns), i % crop.columns]]))
    expect(drawn).toEqual([4, 5, 6, 7].flatMap((column) => [[10, column], [11, column]]).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!))
    expect(meanLikelihood(likelihoods[0]!)).toBeLessThan(0)
  }, 60_000)

  it('tell the words a picture was made from from others', async () => {
    const words = ['a sandy beach at sunset', 'a forest, watercolor painting', 'neon art of a city at night']
    const job = await engine.runJob({ kind: 'generate', prompt: words[0]!, seed: 3, count: 1 })
    const { likelihoods } = await measure({ source: { kind: 'candidate', jobId: job.id, index: 0 }, prompts: words, subsetCount: 2 })
    const [own, ...others] = likelihoods.map(meanLikelihood)
    for (const other of others) expect(own).toBeGreaterThan(other)
  }, 60_000)

  it('of one that is not there are refused', async () => {
    const job = await engine.runJob({ kind: 'generate', prompt: 'a beach', seed: 1, count: 1, steps: 2 })
    const asked = { source: { kind: 'candidate', jobId: job.id, index: 3 }, prompts: [''] } as const
    await expect(start({ ...asked, prompts: [''] })).rejects.toMatchObject({ code: 'not-found' })
  }, 60_000)
})

it('an analysis ends with the process it was measured by, and the next one finds another', async () => {
  const wide = await engine.paint({ x: 0, y: 0, width: 12 * width, height }, 'rgba8', pixelAt)
  const { id } = await start(ofPicture(['of it'], wide))
  await waitFor(id, ({ step }) => step > 0)
  engine.processes.at(-1)!.kill()
  expect(await waitFor(id)).toMatchObject({ state: 'failed', error: { code: 'inference-stopped' } })
  await measure(ofPicture(['once more']))
}, 60_000)
