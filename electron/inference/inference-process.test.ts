import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openPack } from '../../models/importing/open-pack.ts'
import { bundleInference, nextOf, post } from './testing/bundle-inference.ts'

// Real graphs on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const packFolder = path.resolve(import.meta.dirname, '../../models/packs/starter')
let bundle: Awaited<ReturnType<typeof bundleInference>>
beforeAll(async () => {
  bundle = await bundleInference()
})
afterAll(() => bundle.remove())

const exitOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve))

describe('the inference process', () => {
  it('runs a job, hears a cancel while it computes, and ends by itself when its host lets go', async () => {
    const child = bundle.start()
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
    const child = bundle.start()
    const exit = exitOf(child)
    const loading = nextOf(child, 'loading')
    post(child, { type: 'load', packFolder, threadCount: 0, memoryMiB: 0, provider: 'cpu', precision: 'auto' })
    await loading
    child.disconnect()
    expect(await exit).toBe(0)
  })
})
