import { fork, type ChildProcess } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { build } from 'vite'
import { assembleWat } from '../../assemble-wat.ts'
import { openPack } from '../../models/importing/open-pack.ts'
import type { InferenceEvent, InferenceRequest } from '../api/inference.ts'

// Real graphs on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const root = path.resolve(import.meta.dirname, '../..')
const packFolder = path.join(root, 'models/packs/starter')
let bundleFolder: string

/** Bundled as for the product, into a folder from which Node finds the project's packages. */
beforeAll(async () => {
  const cache = path.join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  bundleFolder = await mkdtemp(path.join(cache, 'inference-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [assembleWat()],
    build: { ssr: path.join(import.meta.dirname, 'inference.ts'), outDir: bundleFolder, emptyOutDir: false },
  })
})
afterAll(() => rm(bundleFolder, { recursive: true }))

const start = () => fork(path.join(bundleFolder, 'inference.js'), { serialization: 'advanced', execArgv: [] })
const exitOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve))
const post = (child: ChildProcess, request: InferenceRequest) => child.send(request)
const nextOf = (child: ChildProcess, ...types: InferenceEvent['type'][]) =>
  new Promise<InferenceEvent>((resolve) => {
    child.on('message', (message) => types.includes((message as InferenceEvent).type) && resolve(message as InferenceEvent))
  })

describe('the inference process', () => {
  it('runs a job, hears a cancel while it computes, and ends by itself when its host lets go', async () => {
    const child = start()
    const exit = exitOf(child)
    const { stages } = await openPack(packFolder)
    const { rows, columns } = stages.at(-1)!.grids
    const pass = {
      remaskRule: { kind: 'given' }, schedule: 'cosine', stepCount: 64,
      prompt: 'a forest', negativePrompt: '', guidance: { scale: 3, ramp: 'constant' }, temperature: 0.9, choiceTemperature: 3, topK: null,
    } as const
    const plan = { rows, columns, tokenMask: new Uint8Array(rows * columns).fill(1), passes: stages.map(({ grids }, stage) => ({ ...pass, stage, window: { row: 0, column: 0, rows: grids.rows, columns: grids.columns } })) }
    const [step, ended] = [nextOf(child, 'step', 'failed'), nextOf(child, 'ended', 'failed')]
    const result = nextOf(child, 'result')
    post(child, { type: 'run', jobId: 'j', packFolder, plan, image: null, seeds: [1] })
    expect((await step).type).toBe('step')
    post(child, { type: 'cancel', jobId: 'j', keep: true })
    expect(await result).toMatchObject({ isPartial: true, tokens: expect.any(Uint16Array) })
    expect(await ended).toMatchObject({ type: 'ended', wasCancelled: true })
    child.disconnect()
    expect(await exit).toBe(0)
  })

  it('ends when its host goes away in the middle of loading', async () => {
    const child = start()
    const exit = exitOf(child)
    const loading = nextOf(child, 'loading')
    post(child, { type: 'load', packFolder, threadCount: 0, memoryMiB: 0, provider: 'cpu', precision: 'auto' })
    await loading
    child.disconnect()
    expect(await exit).toBe(0)
  })
})
