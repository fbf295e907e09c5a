import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { PackSummary } from '../../api/packs.ts'
import { PRECISION_STRINGS } from '../../api/strings/packs.ts'
import { buildInference } from '../testing/build-inference.ts'
import { copyTinyModel } from '../testing/model-folder.ts'
import { openTestEngine, removeBundle, type TestEngine } from '../testing/open-test-engine.ts'
import { openPack } from '../../../models/importing/open-pack.ts'
import { summarizePack } from './pack-summary.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const ADAPTERS = path.resolve(import.meta.dirname, '../../../models/golden/adapters')

let bundle: string
let root: string
let engine: TestEngine
beforeAll(async () => {
  bundle = await buildInference()
  root = await mkdtemp(path.join(tmpdir(), 'pack-changes-'))
  engine = await openTestEngine(path.join(root, 'data'), bundle, [path.join(root, 'packs')])
  const source = { kind: 'path', path: await copyTinyModel(path.join(root, 'tiny')) }
  const { id } = await engine.ask<{ id: string }>('POST', '/installs', { source, isLicenceAccepted: true })
  await vi.waitFor(async () => {
    const installs = await engine.ask<{ id: string; error: unknown }[]>('GET', '/installs')
    expect(installs.find((install) => install.id === id)).toBeUndefined()
  }, { timeout: 90_000, interval: 100 })
})
afterAll(async () => {
  await engine.engine.dispose()
  await rm(root, { recursive: true })
  await removeBundle(bundle)
})

const ask = (method: string, address: string, body?: unknown) =>
  engine.engine.fetch(new Request(`http://engine/api${address}`, {
    method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }))
const addStyle = (file: string, name: string) => ask('POST', '/packs/tiny/adapters', { source: { kind: 'path', path: path.join(ADAPTERS, file) }, name })

describe('changing an installed pack', () => {
  it('adds one style at a time, and says so to the second that comes', async () => {
    const answers = await Promise.all([addStyle('older.safetensors', 'One'), addStyle('diffusers.safetensors', 'Two')])
    const refused = answers.filter((answer) => !answer.ok)
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 423])
    expect((await refused[0]!.json() as { message: string }).message).toContain('being changed')
    const [pack] = await engine.ask<PackSummary[]>('GET', '/packs')
    expect(pack!.adapters).toHaveLength(1)
    expect(JSON.parse(await readFile(path.join(root, 'packs/tiny/pack.json'), 'utf8')).adapters).toHaveLength(1)
  })

  it('says which precision that is not there would suit a small machine, where the user has chosen none', async () => {
    const folder = path.join(root, 'packs/tiny')
    const pack = await openPack(folder)
    const summarize = async (precisionChoice: string, isRemovable: boolean) =>
      (await summarizePack({ pack, folder }, { precisionChoice, isRemovable, machine: { budgetBytes: 1, usesGraphicsCard: false } })).precision
    expect(await summarize('auto', true)).toMatchObject({ used: 'int8', reason: expect.stringMatching(/least memory.*“4 bits” would suit/) as string })
    expect((await summarize('int8', true)).reason).toBe(PRECISION_STRINGS.reasons.asked)
    expect((await summarize('auto', false)).reason).toBe(PRECISION_STRINGS.reasons.least)
  })

  it('writes a precision when it is chosen, and says which are not written yet', async () => {
    const written = (pack: PackSummary) => Object.fromEntries(pack.precision.options.map(({ id, isWritten }) => [id, isWritten]))
    const [before] = await engine.ask<PackSummary[]>('GET', '/packs')
    expect(written(before!)).toEqual({ f32: true, int8: true, f16: false, int4: false })
    const after = await engine.ask<PackSummary>('PUT', '/packs/tiny/precision', { choice: 'int4' })
    expect(after.precision).toMatchObject({ choice: 'int4', used: 'int4' })
    expect(written(after)).toEqual({ f32: true, int8: true, int4: true, f16: false })
  })

  it('refuses a style the pack does not have before anything is queued', async () => {
    const request = { kind: 'generate', packId: 'tiny', prompt: 'a cat', adapter: { id: 'gone', strength: 1 } }
    const document = await engine.ask<{ id: string }>('POST', '/documents', {})
    const answer = await ask('POST', '/jobs', { documentId: document.id, request })
    expect(answer.status).toBe(400)
    expect((await answer.json() as { message: string }).message).toMatch(/no style “gone”/)
  })

  it('takes a style out again', async () => {
    const [pack] = await engine.ask<PackSummary[]>('GET', '/packs')
    const after = await engine.ask<PackSummary>('DELETE', `/packs/tiny/adapters/${pack!.adapters[0]!.id}`)
    expect(after.adapters).toEqual([])
  })
})
