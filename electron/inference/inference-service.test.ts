import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openPack } from '../../models/importing/open-pack.ts'
import type { Pack } from '../../models/importing/pack.ts'
import type { EditPlan, Pass } from '../../models/sampling/edit-plan.ts'
import { projectTokenMask } from '../../models/sampling/token-canvas.ts'
import { planWindows } from '../../models/sampling/windows.ts'
import type { InferenceEvent, InferenceRequest } from '../api/inference.ts'
import { InferenceService } from './inference-service.ts'

// Real graphs on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const packFolder = path.resolve(import.meta.dirname, '../../models/packs/starter')
type Event<T extends InferenceEvent['type']> = Extract<InferenceEvent, { type: T }>

let pack: Pack
let service: InferenceService
let events: InferenceEvent[] = []
let listener: (event: InferenceEvent) => void = () => {}

beforeAll(async () => {
  pack = await openPack(packFolder)
  service = new InferenceService((event) => {
    events.push(event)
    listener(event)
  })
})
afterAll(() => service.dispose())

const stage = () => pack.stages.at(-1)!

/** Steps of each stage, the fewest that still go through all of a pass; and of all together. */
const STEPS = 3
const stepCount = () => STEPS * pack.stages.length
/** Of two candidates that take turns: which, after which step, up to the last but `leftOut`. */
const turns = (leftOut = 0) => Array.from({ length: stepCount() - leftOut }, (_, i) => [[0, i + 1], [1, i + 1]]).flat()

/** A plan over a canvas `wider` tokens wider than the grid. */
function planFor(change: Partial<Pass> = {}, { wider = 0, isMasked = (column: number) => column >= 0 } = {}): EditPlan {
  const { rows, columns } = stage().grids
  const canvas = { rows, columns: columns + wider }
  const tokenMask = Uint8Array.from({ length: rows * canvas.columns }, (_, i) => Number(isMasked(i % canvas.columns)))
  const pass: Omit<Pass, 'window' | 'stage'> = {
    remaskRule: { kind: 'given' },
    schedule: 'cosine',
    stepCount: STEPS,
    prompt: 'a beach at sunset',
    negativePrompt: '',
    guidance: { scale: 3, ramp: 'linear' },
    temperature: 0.9,
    choiceTemperature: 3,
    topK: null,
    ...change,
  }
  const passes = pack.stages.flatMap(({ downsampleFactor, grids }, number) => {
    const ratio = downsampleFactor / stage().downsampleFactor
    const own = { rows: canvas.rows / ratio, columns: canvas.columns / ratio }
    return planWindows(own, projectTokenMask(tokenMask, canvas, own), grids).map((window) => ({ ...pass, stage: number, window }))
  })
  return { ...canvas, tokenMask, passes }
}

/** Sends requests and waits for an event; answers all events since. */
async function ask(isLast: (event: InferenceEvent) => boolean, ...requests: InferenceRequest[]): Promise<InferenceEvent[]> {
  events = []
  const last = new Promise<void>((resolve) => {
    listener = (event) => isLast(event) && resolve()
  })
  for (const request of requests) service.handle(request)
  await last
  return events
}

const only = <T extends InferenceEvent['type']>(all: InferenceEvent[], type: T) =>
  all.filter((event): event is Event<T> => event.type === type)

const run = (jobId: string, plan: EditPlan, seeds: number[], image: Uint8Array | null = null): InferenceRequest => ({
  type: 'run',
  jobId,
  packFolder,
  plan,
  seeds,
  image: image && { width: plan.columns * stage().downsampleFactor, height: plan.rows * stage().downsampleFactor, data: image },
})
const runAlone = (plan: EditPlan, seeds: number[], image: Uint8Array | null = null) =>
  ask(({ type }) => type === 'ended' || type === 'failed', run('job', plan, seeds, image))

describe('a run on the starter pack', () => {
  it('loads the pack, tells of every step and gives candidates', async () => {
    const all = await runAlone(planFor(), [1, 2])
    expect(only(all, 'loading').at(-1)!.progress).toBe(1)
    expect(only(all, 'step').map(({ candidate, step }) => [candidate, step])).toEqual(turns())
    for (const step of only(all, 'step')) expect(step.stepCount).toBe(stepCount())
    for (const { stepMs, graphMs } of only(all, 'step')) expect(graphMs).toBeLessThanOrEqual(stepMs)
    const [first, second] = only(all, 'result')
    expect(first!.raster.data).toHaveLength(first!.raster.width * first!.raster.height * 3)
    expect(first!.tokens).toHaveLength(stage().grids.rows * stage().grids.columns)
    expect(Math.max(...first!.tokens)).toBeLessThan(stage().codebookSize)
    expect(first!.tokens).not.toEqual(second!.tokens)
    expect(all.at(-1)).toMatchObject({ type: 'ended', wasCancelled: false })
  })

  it('shows a preview after every step but the last', async () => {
    const previews = only(await runAlone(planFor(), [1, 2]), 'preview')
    expect(previews.map(({ candidate, step }) => [candidate, step])).toEqual(turns(1))
    for (const { raster } of previews) expect(raster.data).toHaveLength(raster.width * raster.height * 3)
  })

  it('gives candidate i the bytes of a run of its own', async () => {
    const together = only(await runAlone(planFor(), [41, 42]), 'result')
    const alone = only(await runAlone(planFor(), [42]), 'result')
    expect(alone[0]!.tokens).toEqual(together[1]!.tokens)
    expect(alone[0]!.raster).toEqual(together[1]!.raster)
  })

  it('leaves the tokens of the picture that are not forgotten', async () => {
    const whole = only(await runAlone(planFor(), [7]), 'result')[0]!
    const half = stage().grids.columns / 2
    const plan = planFor({ prompt: 'a forest' }, { isMasked: (column) => column >= half })
    const edited = only(await runAlone(plan, [8], whole.raster.data), 'result')[0]!
    const again = only(await runAlone({ ...plan, tokenMask: plan.tokenMask.map((_, i) => Number(i === 0)) }, [8], whole.raster.data), 'result')[0]!
    for (let i = 1; i < plan.tokenMask.length; i++) {
      if (plan.tokenMask[i] === 0) expect(edited.tokens[i], `token ${i}`).toBe(again.tokens[i])
    }
    expect(edited.tokens).not.toEqual(again.tokens)
  })

  it('works through a canvas wider than the grid in windows', async () => {
    const wider = stage().grids.columns / 2
    const plan = planFor({ stepCount: 2 }, { wider })
    const result = only(await runAlone(plan, [3]), 'result')[0]!
    expect(plan.passes.length).toBeGreaterThan(pack.stages.length)
    expect(result.raster.width).toBe((stage().grids.columns + wider) * stage().downsampleFactor)
    expect(Math.max(...result.tokens)).toBeLessThan(stage().codebookSize)
  })

  it('stops within one step when cancelled', async () => {
    let stepsAfter = 0
    const all = await ask(
      (event) => {
        if (event.type === 'step' && event.step === 2 && event.candidate === 0) {
          setImmediate(() => service.handle({ type: 'cancel', jobId: 'c', keep: false }))
        } else if (event.type === 'step' && event.step >= 2) stepsAfter++
        return event.type === 'ended'
      },
      run('c', planFor({ stepCount: 12 }), [1, 2, 3]),
    )
    expect(stepsAfter).toBeLessThanOrEqual(1)
    expect(only(all, 'result')).toEqual([])
    expect(all.at(-1)).toMatchObject({ type: 'ended', wasCancelled: true })
  })

  it('keeps what is there when asked to: every candidate that has begun is finished at once', async () => {
    const all = await ask(
      (event) => {
        if (event.type === 'step' && event.step === 1 && event.candidate === 1) service.handle({ type: 'cancel', jobId: 'k', keep: true })
        return event.type === 'ended'
      },
      run('k', planFor({ stepCount: 12 }), [1, 2, 3]),
    )
    expect(only(all, 'result').map((result) => [result.candidate, result.isPartial, result.stepCount])).toEqual([
      [0, true, 1],
      [1, true, 1],
    ])
  })

  it('drops a run that was cancelled while it waited for another', async () => {
    const all = await ask(
      (event) => event.type === 'ended' && event.jobId === 'second',
      run('first', planFor(), [1]),
      run('second', planFor(), [1]),
      { type: 'cancel', jobId: 'second', keep: false },
    )
    expect(only(all, 'step').every(({ jobId }) => jobId === 'first')).toBe(true)
  })

  it('takes a job of the same name from a host that posts it at once', async () => {
    let endedCount = 0
    const all = await ask((event) => {
      if (event.type !== 'ended') return false
      if (++endedCount === 1) service.handle(run('same', planFor(), [1]))
      return endedCount === 2
    }, run('same', planFor(), [1]))
    const [first, second] = only(all, 'result')
    expect(second!.tokens).toEqual(first!.tokens)
  })

  it('calls a picture of another size than the plan a bug, and goes on', async () => {
    const silenced = vi.spyOn(console, 'error').mockImplementation(() => {})
    const failed = await ask(
      ({ type }) => type === 'failed',
      { ...run('bad', planFor(), [1]), image: { width: 8, height: 8, data: new Uint8Array(192) } } as InferenceRequest,
    )
    expect(only(failed, 'failed')[0]!.error.code).toBe('internal')
    silenced.mockRestore()
    expect(only(await runAlone(planFor(), [1]), 'result')).toHaveLength(1)
  })
})

describe('loading', () => {
  const load = (folder: string): InferenceRequest => ({ type: 'load', packFolder: folder, threadCount: 1, memoryMiB: 64, provider: 'cpu', precision: 'auto' })
  const loadAlone = (folder: string) => ask(({ type }) => type === 'loaded' || type === 'load-failed', load(folder))

  it('says how the pack runs', async () => {
    const loaded = (await loadAlone(packFolder)).at(-1)
    expect(loaded).toMatchObject({ type: 'loaded', execution: { provider: 'cpu', threadCount: 1 } })
  })

  it('refuses a damaged pack and one that is not there, naming what is wrong', async () => {
    const silenced = vi.spyOn(console, 'error').mockImplementation(() => {})
    const folder = await mkdtemp(path.join(os.tmpdir(), 'pack-'))
    await cp(packFolder, folder, { recursive: true })
    const graph = stage().transformer
    const bytes = await readFile(path.join(folder, graph))
    bytes.fill(0xee, 0, 4096)
    await writeFile(path.join(folder, graph), bytes)
    const changed = only(await loadAlone(folder), 'load-failed')[0]!
    expect(changed.error).toMatchObject({ code: 'pack-corrupt', details: { problem: 'file-hash-differs', file: graph } })

    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const files = pack.files.map((file) => (file.path === graph ? { ...file, sha256 } : file))
    await writeFile(path.join(folder, 'pack.json'), JSON.stringify({ ...pack, files }))
    const noGraph = only(await loadAlone(folder), 'load-failed')[0]!
    expect(noGraph.error).toMatchObject({ code: 'pack-corrupt', details: { problem: 'graph-unreadable', file: graph } })

    await rm(folder, { recursive: true })
    expect(only(await loadAlone(folder), 'load-failed')[0]!.error.code).toBe('pack-not-installed')
    silenced.mockRestore()
  })
})
