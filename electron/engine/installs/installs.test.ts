import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EngineEvent } from '../../api/jobs.ts'
import type { Install, ModelInspection } from '../../api/installs.ts'
import type { PackCard, PackSummary } from '../../api/packs.ts'
import { buildInference } from '../testing/build-inference.ts'
import { copyTinyModel } from '../testing/model-folder.ts'
import { openTestEngine, removeBundle, type TestEngine } from '../testing/open-test-engine.ts'
import { fingerprintFolder } from '../../../models/golden/folder-fingerprint.ts'

let bundle: string
beforeAll(async () => {
  bundle = await buildInference()
})
afterAll(() => removeBundle(bundle))

let root: string
let packs: string
let model: string
let engine: TestEngine
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'installs-'))
  packs = path.join(root, 'packs')
  model = await copyTinyModel(path.join(root, 'Tiny Muse'))
  engine = await openTestEngine(path.join(root, 'data'), bundle, [packs])
})
afterEach(async () => {
  await engine.engine.dispose()
  await rm(root, { recursive: true })
})

const source = () => ({ kind: 'path', path: model })
const start = (more: object = {}) => engine.ask<Install>('POST', '/installs', { source: source(), isLicenceAccepted: true, ...more })
const listPacks = () => engine.ask<PackSummary[]>('GET', '/packs')
const visible = async () => (await readdir(packs)).filter((name) => !name.startsWith('.'))
const leftovers = async () => readdir(path.join(packs, '.installs'))

/** The install's last event. */
async function finish(begin: () => Promise<unknown> = start): Promise<Install> {
  const hasEnded = (event: EngineEvent) => event.type === 'install' && !['running', 'offline'].includes(event.install.state)
  const events = engine.collectEvents('watcher', hasEnded)
  await begin()
  const last = (await events).at(-1)!
  if (last.type !== 'install') throw new Error('no install ended')
  return last.install
}

describe('adding a model from a folder', () => {
  it('says beforehand what it is, and what it takes', async () => {
    const inspection = await engine.ask<ModelInspection>('POST', '/installs/inspect', { source: source() })
    expect(inspection).toMatchObject({
      name: 'Tiny Muse', family: 'aMUSEd', licence: 'openrail++', downloadBytes: 0, isShared: true, obstacles: [],
      precisions: [{ id: 'f32' }, { id: 'int8' }],
    })
    expect(inspection.edits).toEqual(expect.arrayContaining(['generate', 'inpaint', 'outpaint', 'vary', 'remove', 'restyle', 'retouch']))
    expect(inspection.card).toMatch(/^# Tiny/)
    expect(inspection.ownBytes).toBeGreaterThan(1000)
    expect(inspection.files.map((file) => file.path)).toContain('transformer/diffusion_pytorch_model.safetensors')
    expect(await visible()).toEqual([])
  })

  it('makes a pack that is listed, shares its weights, and leaves the folder as it was', async () => {
    const before = await fingerprintFolder(model)
    const install = await finish()
    expect(install).toMatchObject({ state: 'done', phase: 'ended', progress: 1, packId: 'tiny-muse', error: null })
    const [pack] = await listPacks()
    expect(pack).toMatchObject({ id: 'tiny-muse', licence: 'openrail++', isRemovable: true, precision: { choice: 'auto', used: 'int8' } })
    expect(pack!.edits).toContain('retouch')
    expect(pack!.sharedBytes).toBeGreaterThan(pack!.bytes / 4)
    expect(await engine.ask<PackCard>('GET', '/packs/tiny-muse/card')).toMatchObject({ card: expect.stringContaining('<script>') as string })
    expect(await fingerprintFolder(model)).toBe(before)
    expect(await leftovers()).toEqual([])
    expect(await engine.ask('GET', '/installs')).toEqual([])
  })

  it('takes another name, and two at once', async () => {
    const [first, second] = await Promise.all([start({ name: 'Cat painter' }), start()])
    expect(first.id).not.toBe(second.id)
    while ((await engine.ask<Install[]>('GET', '/installs')).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await visible()).sort()).toEqual(['cat-painter', 'tiny-muse'])
  })

  it('does nothing before the licence is accepted', async () => {
    await expect(start({ isLicenceAccepted: false })).rejects.toMatchObject({ code: 'licence-not-accepted' })
    expect(await engine.ask('GET', '/installs')).toEqual([])
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const { id } = await start()
    await engine.ask('DELETE', `/installs/${id}`)
    expect(await visible()).toEqual([])
    expect(await leftovers()).toEqual([])
  })

  it('is found paused after the program was ended, and goes on', async () => {
    const { id } = await start()
    await engine.engine.dispose()
    engine = await openTestEngine(path.join(root, 'data'), bundle, [packs])
    expect(await engine.ask('GET', '/installs')).toMatchObject([{ id, state: 'paused' }])
    expect(await finish(() => engine.ask('POST', `/installs/${id}/resume`))).toMatchObject({ state: 'done', packId: 'tiny-muse' })
  })

  it('removes what no install can go on with', async () => {
    const left = path.join(packs, '.installs', 'left')
    await mkdir(left, { recursive: true })
    await writeFile(path.join(left, 'half'), 'a pack')
    await mkdir(path.join(packs, '.removed-1'))
    await utimes(left, 1, 1)
    await engine.engine.dispose()
    engine = await openTestEngine(path.join(root, 'data'), bundle, [packs])
    expect(await leftovers()).toEqual([])
    expect(await readdir(packs)).toEqual(['.installs'])
  })
})

describe('removing a pack', () => {
  it('deletes it and leaves the folder it came from', async () => {
    await finish()
    await engine.ask<unknown>('POST', '/packs/tiny-muse/load')
    expect((await engine.send('DELETE', '/packs/tiny-muse')).status).toBe(204)
    expect(await listPacks()).toEqual([])
    expect(await readdir(packs)).toEqual(['.installs'])
    expect((await readdir(path.join(model, 'transformer'))).length).toBeGreaterThan(1)
  })

  it('is refused while a job needs it', async () => {
    await finish()
    const job = await engine.startJob({ kind: 'generate', prompt: 'a cat', count: 16, steps: 64 })
    await expect(engine.ask('DELETE', '/packs/tiny-muse')).rejects.toMatchObject({ code: 'pack-in-use' })
    await engine.ask('DELETE', `/jobs/${job.id}`)
  })
})

describe('a folder that cannot be imported', () => {
  const weights = () => path.join(model, 'transformer', 'diffusion_pytorch_model.safetensors')
  const inHeader = async (change: (header: Record<string, { dtype: string; data_offsets: number[] }>) => void) => {
    const bytes = await readFile(weights())
    const end = 8 + Number(bytes.readBigUInt64LE(0))
    const header = JSON.parse(bytes.subarray(8, end).toString()) as Record<string, { dtype: string; data_offsets: number[] }>
    change(header)
    const text = Buffer.from(JSON.stringify(header).padEnd(end - 8))
    await writeFile(weights(), Buffer.concat([bytes.subarray(0, 8), text, bytes.subarray(end)]))
  }
  const firstTwo = (header: Record<string, { data_offsets: number[] }>) =>
    Object.entries(header).filter(([name]) => name !== '__metadata__').map(([, tensor]) => tensor).slice(0, 2)

  it.each<[string, string, RegExp, () => Promise<unknown>]>([
    ['weights are missing', 'model-damaged', /missing/, () => rm(weights())],
    ['weights are cut off', 'model-damaged', /cut off/, async () => truncate(weights(), (await stat(weights())).size - 100)],
    ['a shard is missing', 'model-damaged', /missing/, async () => {
      await rename(weights(), path.join(model, 'transformer', 'diffusion_pytorch_model-00001-of-00002.safetensors'))
      await writeFile(`${weights()}.index.json`, '{"weight_map": {"a": "diffusion_pytorch_model-00002-of-00002.safetensors"}}')
    }],
    ['a shard has a path for a name', 'model-unsafe', /outside/, async () => {
      await rm(weights())
      await writeFile(`${weights()}.index.json`, '{"weight_map": {"a": "../../secret.safetensors"}}')
    }],
    ['the header is longer than it can be', 'model-damaged', /damaged/, async () => {
      const file = await open(weights(), 'r+')
      await file.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0]), 0, 8, 0).finally(() => file.close())
    }],
    ['tensors overlap', 'model-damaged', /damaged/, () => inHeader((header) => {
      const [first, second] = firstTwo(header)
      const length = second!.data_offsets[1]! - second!.data_offsets[0]!
      second!.data_offsets = [first!.data_offsets[0]!, first!.data_offsets[0]! + length]
    })],
    ['a number format is unknown', 'model-damaged', /damaged/, () => inHeader((header) => {
      firstTwo(header)[0]!.data_offsets = [0, 4]
      Object.assign(firstTwo(header)[0]!, { dtype: 'X9' })
    })],
    ['weights are whole numbers', 'model-unsupported', /number format/, () => inHeader((header) => {
      for (const tensor of Object.values(header)) if (tensor.dtype === 'F32') tensor.dtype = 'I32'
    })],
    ['weights are pickled', 'model-unsafe', /safetensors/, async () =>
      rename(weights(), path.join(model, 'transformer', 'diffusion_pytorch_model.bin'))],
    ['the config does not fit', 'model-unsupported', /configuration|config/, async () => {
      const file = path.join(model, 'transformer', 'config.json')
      await writeFile(file, (await readFile(file, 'utf8')).replace(/"num_hidden_layers": \d+/, '"num_hidden_layers": 1'))
    }],
    ['its kind is unknown', 'model-unsupported', /AutoencoderKL|kind/, async () => {
      await rm(path.join(model, 'transformer'), { recursive: true })
      await rm(path.join(model, 'text_encoder'), { recursive: true })
    }],
    ['it is no folder', 'file-unreadable', /folder/, () => rm(model, { recursive: true })],
  ])('says so: %s', async (_, code, words, spoil) => {
    await spoil()
    await expect(engine.ask('POST', '/installs/inspect', { source: source() })).rejects.toMatchObject({
      code, message: expect.stringMatching(words) as string,
    })
    const install = await finish()
    expect(install).toMatchObject({ state: 'failed', error: { code } })
    expect(await listPacks()).toEqual([])
    expect(await visible()).toEqual([])
  })

  it('can be mended and tried again', async () => {
    const kept = await readFile(weights())
    await truncate(weights(), 1000)
    const { id } = await finish()
    await writeFile(weights(), kept)
    expect(await finish(() => engine.ask('POST', `/installs/${id}/resume`))).toMatchObject({ state: 'done' })
  })
})
