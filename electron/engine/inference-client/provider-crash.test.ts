import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineEvent, ModelState } from '../../api/jobs.ts'
import { settingsSchema, type Settings } from '../../api/settings.ts'
import { INFERENCE_STRINGS } from '../../api/strings/inference.ts'
import { buildInference } from '../testing/build-inference.ts'
import { openTestEngine, removeBundle, type TestEngine } from '../testing/open-test-engine.ts'
import { STARTER_STAGE } from '../testing/starter-pack.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const TOLD = INFERENCE_STRINGS.passedOver.crashed(INFERENCE_STRINGS.providers.webgpu)
const SHORT = { kind: 'generate', prompt: 'a beach', seed: 7, count: 1, steps: 4 } as const

let bundle: string
let root: string
let engine: TestEngine
beforeAll(async () => {
  bundle = await buildInference()
})
afterAll(() => removeBundle(bundle))
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'provider-crash-'))
})
afterEach(async () => {
  await engine.engine.dispose()
  vi.unstubAllEnvs()
  await rm(root, { recursive: true, maxRetries: 10 })
})

/** When the driver of the card ends the process. */
type Moment = 'trial' | 'load' | 'run'

/**
 * The real inference process on a machine with a card whose driver ends it. What the card computes until then, the
 * processor computes. Each thing that is tried on the card is noted in `tried`.
 */
async function writeProcessWithCard(moment: Moment): Promise<string> {
  const entry = path.join(path.dirname(bundle), `card-${moment}.mjs`)
  await writeFile(entry, `
    import { appendFileSync } from 'node:fs'
    import path from 'node:path'
    import ort from 'onnxruntime-node'
    const { InferenceSession } = ort
    const create = InferenceSession.create
    const die = () => process.kill(process.pid, 'SIGKILL')
    InferenceSession.create = async (graph, options) => {
      if (!options.executionProviders.includes('webgpu')) return create.call(InferenceSession, graph, options)
      const isTrial = typeof graph !== 'string'
      appendFileSync(${JSON.stringify(tried())}, isTrial ? 'trial ' : 'graph ')
      if (${moment === 'trial'} || (${moment === 'load'} && !isTrial)) die()
      const session = await create.call(InferenceSession, graph, { ...options, executionProviders: ['cpu'] })
      if (${moment === 'run'} && !isTrial && path.basename(graph) === ${JSON.stringify(path.basename(STARTER_STAGE.transformer))}) session.run = die
      return session
    }
    await import(${JSON.stringify(`./${path.basename(bundle)}`)})
  `)
  return entry
}

const tried = () => path.join(root, 'tried.txt')
const readTried = async () => (await readFile(tried(), 'utf8').catch(() => '')).trim()

async function open(moment: Moment, provider: Settings['provider']): Promise<void> {
  const data = path.join(root, 'data')
  await mkdir(data, { recursive: true })
  await writeFile(path.join(data, 'settings.json'), JSON.stringify({ provider }))
  engine = await openTestEngine(data, await writeProcessWithCard(moment))
}

const isReady = (event: EngineEvent) => event.type === 'model' && event.model.state === 'ready'

/** From when a window opens until a model is ready, which it then is. */
async function untilReady(): Promise<{ model: ModelState; crashed: EngineEvent[] }> {
  const events = await engine.collectEvents('window', isReady)
  const last = events.at(-1)!
  if (last.type !== 'model') throw new Error('no model was loaded')
  return { model: last.model, crashed: events.filter(({ type }) => type === 'provider-crashed') }
}

describe('a graphics driver that ends the inference process', () => {
  it.each<[string, Moment, RegExp]>([
    ['while it is tried', 'trial', /^trial$/],
    ['while a graph of the model is loaded on it', 'load', /^(trial )+graph$/],
  ])('%s is told of and passed over, and the model runs on the processor', async (_, moment, attempts) => {
    await open(moment, 'webgpu')
    const { model, crashed } = await untilReady()
    expect(crashed).toEqual([{ type: 'provider-crashed', provider: 'webgpu' }])
    expect(model.execution).toMatchObject({ provider: 'cpu', reason: expect.stringContaining(TOLD) as string })
    expect(await readTried()).toMatch(attempts)
    expect(engine.processes).toHaveLength(2)
    expect(await engine.runJob(SHORT)).toMatchObject({ state: 'done' })
  })

  it('in the middle of a run interrupts the run with the reason, and the next one goes through', async () => {
    await open('run', 'webgpu')
    expect((await untilReady()).model.execution).toMatchObject({ provider: 'webgpu' })
    const broken = await engine.runJob(SHORT)
    expect(broken).toMatchObject({ state: 'interrupted', error: { code: 'inference-stopped', message: expect.stringContaining(TOLD) as string } })
    expect(await engine.runJob(SHORT)).toMatchObject({ state: 'done' })
    expect(engine.processes).toHaveLength(2)
  })

  it('is not tried again after a restart of the program, but when it is chosen anew', async () => {
    await open('trial', 'webgpu')
    await untilReady()
    await engine.engine.dispose()

    await open('trial', 'webgpu')
    const { model, crashed } = await untilReady()
    expect(crashed).toEqual([])
    expect(model.execution).toMatchObject({ provider: 'cpu', reason: expect.stringContaining(TOLD) as string })
    expect(engine.processes).toHaveLength(1)
    expect(await readTried()).toBe('trial')

    const choose = (provider: Settings['provider']) => engine.ask('PUT', '/settings', settingsSchema.parse({ provider }))
    await choose('auto')
    await choose('cpu')
    expect(await readTried()).toBe('trial')
    await choose('webgpu')
    await vi.waitFor(() => expect(engine.processes).toHaveLength(2), { timeout: 60_000, interval: 50 })
    expect(await readTried()).toBe('trial trial')
  })

  it.runIf(process.platform === 'linux')('is passed over too where the program has chosen it by itself', async () => {
    await writeFile(path.join(root, 'libvulkan.so.1'), '')
    vi.stubEnv('LD_LIBRARY_PATH', root)
    await open('trial', 'auto')
    const { model, crashed } = await untilReady()
    expect(crashed).toEqual([{ type: 'provider-crashed', provider: 'webgpu' }])
    expect(model.execution).toMatchObject({ provider: 'cpu', reason: expect.stringContaining(TOLD) as string })
  })
})
