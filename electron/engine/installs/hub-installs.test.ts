import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Install, ModelInspection } from '../../api/installs.ts'
import type { PackSummary } from '../../api/packs.ts'
import { settingsSchema } from '../../api/settings.ts'
import { TINY_MEISSONIC, writeMadeUpCheckpoint } from '../../../models/golden/made-up-checkpoint.ts'
import { buildInference } from '../testing/build-inference.ts'
import { readFolder, startHubServer, type HubServer } from '../testing/hub-server.ts'
import { copyTinyModel } from '../testing/model-folder.ts'
import { openTestEngine, removeBundle, type TestEngine } from '../testing/open-test-engine.ts'

let bundle: string
beforeAll(async () => {
  bundle = await buildInference()
})
afterAll(() => removeBundle(bundle))

const TRANSFORMER = 'transformer/diffusion_pytorch_model.safetensors'
const SOURCE = { kind: 'hub', repository: 'owner/tiny', revision: 'main' }

let root: string
let packs: string
let files: Map<string, Buffer>
let server: HubServer
let engine: TestEngine
const open = async () => {
  engine = await openTestEngine(path.join(root, 'data'), bundle, [packs])
  await engine.ask('PUT', '/settings', settingsSchema.parse({ hubEndpoint: server.url }))
}
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'hub-installs-'))
  packs = path.join(root, 'packs')
  files = await readFolder(await copyTinyModel(path.join(root, 'tiny')))
  files.set('unet/diffusion_pytorch_model.bin', Buffer.from('a pickle that nothing needs'))
  files.set('pictures/far.png', Buffer.from('not fetched'))
  server = await startHubServer(files)
  await open()
})
afterEach(async () => {
  await engine.engine.dispose()
  await server.close()
  await rm(root, { recursive: true })
})

const start = () => engine.ask<Install>('POST', '/installs', { source: SOURCE, isLicenceAccepted: true })
const find = async (id: string) => (await engine.ask<Install[]>('GET', '/installs')).find((install) => install.id === id)
const waitFor = async (id: string, isWanted: (install: Install | undefined) => boolean) => {
  for (;;) {
    const install = await find(id)
    if (isWanted(install)) return install
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const listPacks = () => engine.ask<PackSummary[]>('GET', '/packs')

describe('adding a model from the Hub', () => {
  it('says of a model for graphics cards what this machine lacks before anything large is fetched', async () => {
    await engine.engine.dispose()
    await server.close()
    await writeMadeUpCheckpoint(path.join(root, 'meissonic'), TINY_MEISSONIC)
    server = await startHubServer(await readFolder(path.join(root, 'meissonic')))
    await open()
    const inspection = await engine.ask<ModelInspection>('POST', '/installs/inspect', { source: SOURCE })
    expect(inspection).toMatchObject({ family: 'Meissonic', obstacles: [{ kind: 'graphics-card', isBlocking: false }] })
    expect(inspection.obstacles[0]!.message).toMatch(/graphics cards/)
    expect(await readdir(path.join(packs, '.installs'))).toEqual([])
    expect(await listPacks()).toEqual([])
  })

  it('says what it is before the weights are fetched', async () => {
    const inspection = await engine.ask<ModelInspection>('POST', '/installs/inspect', { source: SOURCE })
    expect(inspection).toMatchObject({ name: 'tiny', family: 'aMUSEd', licence: 'openrail++', obstacles: [] })
    const wanted = inspection.files.map((file) => file.path)
    expect(wanted).toContain(TRANSFORMER)
    expect(wanted).not.toContain('pictures/far.png')
    expect(inspection.downloadBytes).toBe(wanted.reduce((sum, name) => sum + files.get(name)!.length, 0))
    expect(await readdir(path.join(packs, '.installs'))).toEqual([])
  })

  it('downloads, imports and keeps only the pack, which shares with nobody', async () => {
    const { id } = await start()
    await waitFor(id, (install) => install === undefined)
    expect(await listPacks()).toMatchObject([{ id: 'tiny', sharedBytes: 0 }])
    expect(server.asked.some((asked) => /png|\.bin/.test(asked))).toBe(false)
    expect(await engine.ask('POST', '/packs/tiny/verify')).toMatchObject({ id: 'tiny' })
  })

  it('is paused, found again after a restart, and goes on with what is missing', async () => {
    server.trouble = (file) => (file === TRANSFORMER && server.asked.length > 20 ? { status: 503, headers: { 'retry-after': '600' } } : undefined)
    const { id } = await start()
    await waitFor(id, (install) => install?.phase === 'downloading')
    expect(await engine.ask('POST', `/installs/${id}/pause`)).toMatchObject({ id, state: 'paused' })
    await engine.engine.dispose()
    await open()
    expect(await find(id)).toMatchObject({ state: 'paused', name: 'tiny' })
    server.trouble = () => undefined
    server.asked.length = 0
    await engine.ask('POST', `/installs/${id}/resume`)
    await waitFor(id, (install) => install === undefined)
    expect(await listPacks()).toMatchObject([{ id: 'tiny' }])
    expect(server.asked.some((asked) => asked.startsWith('tokenizer/'))).toBe(false)
  })

  it('asks for the same repository twice and gets one install', async () => {
    server.trouble = (file) => (file === TRANSFORMER ? { status: 503, headers: { 'retry-after': '600' } } : undefined)
    const [first, second] = [await start(), await start()]
    expect(second.id).toBe(first.id)
    await engine.ask('DELETE', `/installs/${first.id}`)
    expect(await readdir(path.join(packs, '.installs'))).toEqual([])
  })

  it('lists nothing half-installed when a file is damaged', async () => {
    server.trouble = (file) => (file === TRANSFORMER ? 'garble' : undefined)
    const { id } = await start()
    const failed = await waitFor(id, (install) => install?.state === 'failed')
    expect(failed).toMatchObject({ error: { code: 'download-damaged' } })
    expect(await listPacks()).toEqual([])
    server.trouble = () => undefined
    await engine.ask('POST', `/installs/${id}/resume`)
    await waitFor(id, (install) => install === undefined)
    expect(await listPacks()).toMatchObject([{ id: 'tiny' }])
  })

  it('refuses what is only pickled', async () => {
    files.set('transformer/diffusion_pytorch_model.bin', files.get(TRANSFORMER)!)
    files.delete(TRANSFORMER)
    await expect(engine.ask('POST', '/installs/inspect', { source: SOURCE })).rejects.toMatchObject({ code: 'model-unsafe' })
  })
})
