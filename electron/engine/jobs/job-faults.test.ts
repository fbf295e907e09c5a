import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DocumentSummary, OpenedDocument } from '../../api/documents.ts'
import type { EngineEvent, Job } from '../../api/jobs.ts'
import { BUNDLED_PACKS, buildInference } from '../testing/build-inference.ts'
import { openTestEngine, removeBundle, type TestEngine } from '../testing/open-test-engine.ts'
import { countStarterSteps, STARTER, STARTER_STAGE } from '../testing/starter-pack.ts'
import { readJobFile } from './job-file.ts'

let folder: string
let bundle: string
let engine: TestEngine
beforeAll(async () => {
  bundle = await buildInference()
}, 60_000)
afterAll(() => removeBundle(bundle))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remask-faults-'))
  engine = await openTestEngine(folder, bundle)
})
afterEach(async () => {
  await engine.engine.dispose()
  await rm(folder, { recursive: true, maxRetries: 10 })
})

const LONG = { kind: 'generate', prompt: 'a beach', seed: 7, count: 4, steps: 30 } as const
const SHORT = { ...LONG, count: 1, steps: 4 } as const
/** The tokens of a step's guess and what is kept of it, over all stages. */
const TRAIL_STEP = 2 * STARTER.stages.reduce((sum, { grids }) => sum + grids.rows * grids.columns, 0)
const isModel = (state: string) => (event: EngineEvent) => event.type === 'model' && event.model.state === state

describe('an inference process that dies', () => {
  it('during a step interrupts its job, is started again, and the next job runs', async () => {
    const broken = await engine.startJob(LONG)
    const next = await engine.startJob(SHORT)
    await engine.waitForJob(broken.id, ({ step }) => step >= 3)
    engine.processes[0]!.kill()
    expect(await engine.waitForJob(next.id)).toMatchObject({ state: 'done', candidates: [{ index: 0 }] })
    expect(await engine.getJob(broken.id)).toMatchObject({ state: 'interrupted', error: { code: 'inference-stopped' } })
    expect(engine.processes).toHaveLength(2)
  }, 60_000)

  it('leaves the candidates that were made; a retry makes the others, and all equal an undisturbed run', async () => {
    const request = { ...LONG, count: 3, steps: 6 }
    const undisturbed = await engine.runJob(request)
    const { id } = await engine.startJob(request)
    // Candidates take their steps in turn, so the first is there only shortly before the last: stop between them.
    await engine.waitForJob(id, ({ step }) => step >= 3 * countStarterSteps(6) - 2)
    engine.processes[0]!.kill()
    const interrupted = await engine.waitForJob(id)
    expect(interrupted.state).toBe('interrupted')
    expect(interrupted.candidates.length).toBeLessThan(3)
    await engine.ask('POST', `/jobs/${id}/retry`)
    const retried = await engine.waitForJob(id)
    expect(retried).toMatchObject({ state: 'done', error: null })
    const imagesOf = (job: Job) => job.candidates.map(({ imageId }) => imageId)
    expect(imagesOf(retried)).toEqual(imagesOf(undisturbed))
    await expect(engine.ask('POST', `/jobs/${id}/retry`)).rejects.toMatchObject({ code: 'invalid-request' })
  }, 60_000)

  it('while it loads says so and loads again', async () => {
    const events = engine.collectEvents('one', isModel('ready'))
    while (engine.processes.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    engine.processes[0]!.kill()
    const models = (await events).flatMap((event) => (event.type === 'model' ? [event.model] : []))
    expect(models[0]).toMatchObject({ packId: 'starter', state: 'loading', progress: 0 })
    expect(models.some(({ message }) => message?.includes('stopped'))).toBe(true)
    expect(engine.processes).toHaveLength(2)
  }, 60_000)

  it('each time it loads is left alone after a few times, and a new job tries again', async () => {
    const crashing = join(folder, 'crashing.mjs')
    await writeFile(crashing, 'process.on("message", () => process.exit(3))')
    const data = await mkdtemp(join(tmpdir(), 'remask-crashing-'))
    const other = await openTestEngine(data, crashing)
    const events = await other.collectEvents('one', isModel('failed'))
    expect(events.at(-1)).toMatchObject({ model: { state: 'failed', message: expect.stringContaining('Starter') } })
    expect(other.processes).toHaveLength(3)
    expect(await other.runJob(SHORT)).toMatchObject({ state: 'interrupted', error: { code: 'inference-stopped' } })
    await other.engine.dispose()
    await rm(data, { recursive: true })
  }, 60_000)

  it('is killed when a step does not end within a second of the cancel', async () => {
    const hanging = join(folder, 'hanging.mjs')
    const step = `{ type: "step", jobId, candidate: 0, step: 1, stepCount: 4, stepMs: 1, graphMs: 1, stage: 0, trail: new Uint16Array(${TRAIL_STEP}) }`
    const hang = `process.on("message", ({ type, jobId }) => type === "run" && process.send(${step}, () => { for (;;); }))`
    await writeFile(hanging, hang)
    const data = await mkdtemp(join(tmpdir(), 'remask-hanging-'))
    const other = await openTestEngine(data, hanging)
    const { id } = await other.startJob(SHORT)
    await other.waitForJob(id, ({ step: count }) => count === 1)
    const started = performance.now()
    expect(await other.ask('DELETE', `/jobs/${id}`)).toMatchObject({ state: 'cancelled', error: null })
    expect(performance.now() - started).toBeGreaterThan(900)
    expect(other.processes).toHaveLength(2)
    await other.engine.dispose()
    await rm(data, { recursive: true })
  }, 60_000)
})

describe('jobs of a document', () => {
  it('that ran or waited when everything was killed are interrupted, with their request, and can be retried', async () => {
    const { id: documentId } = await engine.ask<DocumentSummary>('POST', '/documents', {})
    const running = await engine.startJob(LONG, documentId)
    const waiting = await engine.startJob(SHORT, documentId)
    await engine.waitForJob(running.id, ({ step }) => step >= 2)
    // What a killed engine leaves: its files as they are at this moment, the lock of a process that is gone.
    const left = await mkdtemp(join(tmpdir(), 'remask-left-'))
    await cp(folder, left, { recursive: true, filter: (path) => !path.includes('engine.lock') })
    await writeFile(join(left, 'documents', documentId, 'jobs', `${running.id}.json.1234.part`), '{"id":')

    const after = await openTestEngine(left, bundle)
    const { jobs, summary } = await after.ask<OpenedDocument>('POST', `/documents/${documentId}/open`)
    expect(summary.hasInterruptedJob).toBe(true)
    expect(jobs.map(({ id, state, request }) => ({ id, state, request }))).toEqual([
      { id: running.id, state: 'interrupted', request: running.request },
      { id: waiting.id, state: 'interrupted', request: waiting.request },
    ])
    await after.ask('POST', `/jobs/${waiting.id}/retry`)
    expect(await after.waitForJob(waiting.id)).toMatchObject({ state: 'done' })
    expect((await readdir(join(left, 'documents', documentId, 'jobs'))).sort()).toEqual(
      [`${running.id}.json`, `${waiting.id}.json`].sort(),
    )
    await after.engine.dispose()
    await rm(left, { recursive: true })
  }, 60_000)

  it('are interrupted, and kept so, when the engine ends', async () => {
    const { id: documentId } = await engine.ask<DocumentSummary>('POST', '/documents', {})
    const { id } = await engine.startJob(LONG, documentId)
    await engine.waitForJob(id, ({ step }) => step >= 2)
    await engine.engine.dispose()
    const file = join(folder, 'documents', documentId, 'jobs', `${id}.json`)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ state: 'interrupted', phase: 'ended' })
    engine = await openTestEngine(folder, bundle)
    expect(await engine.getJob(id)).toMatchObject({ state: 'interrupted' })
  }, 60_000)

  it('go with it when it is deleted, also while they run', async () => {
    const { id: documentId } = await engine.ask<DocumentSummary>('POST', '/documents', {})
    const { id } = await engine.startJob(LONG, documentId)
    await engine.waitForJob(id, ({ step }) => step >= 2)
    expect((await engine.send('DELETE', `/documents/${documentId}`)).ok).toBe(true)
    await expect(engine.getJob(id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await readdir(join(folder, 'documents'))).toEqual([])
    expect(await engine.runJob(SHORT)).toMatchObject({ state: 'done' })
  }, 60_000)

  it('come along when it is duplicated', async () => {
    const { id: documentId } = await engine.ask<DocumentSummary>('POST', '/documents', {})
    const job = await engine.runJob(SHORT, documentId)
    const copy = await engine.ask<DocumentSummary>('POST', `/documents/${documentId}/duplicate`)
    const { jobs } = await engine.ask<OpenedDocument>('POST', `/documents/${copy.id}/open`)
    expect(jobs).toEqual([{ ...job, documentId: copy.id, isCopy: true }])
    await engine.send('DELETE', `/documents/${documentId}`)
    expect(await engine.getJob(job.id)).toMatchObject({ documentId: copy.id })
  }, 60_000)
})

describe('a document that is duplicated while its job runs', () => {
  const startAndDuplicate = async () => {
    const { id: documentId } = await engine.ask<DocumentSummary>('POST', '/documents', {})
    const { id } = await engine.startJob(LONG, documentId)
    await engine.waitForJob(id, ({ step }) => step >= 2)
    const { id: copyId } = await engine.ask<DocumentSummary>('POST', `/documents/${documentId}/duplicate`)
    const openCopy = () => engine.ask<OpenedDocument>('POST', `/documents/${copyId}/open`)
    return { id, documentId, copyId, openCopy }
  }

  it('has its candidates too, as they form and when all are there', async () => {
    const { id, copyId, openCopy } = await startAndDuplicate()
    expect((await openCopy()).jobs).toMatchObject([{ id, documentId: copyId, state: 'running' }])
    const job = await engine.waitForJob(id)
    expect(job.candidates).toHaveLength(LONG.count)
    await expect.poll(async () => (await openCopy()).jobs).toEqual([{ ...job, documentId: copyId, isCopy: true }])
    const file = join(folder, 'documents', copyId, 'jobs', `${id}.json`)
    expect(readJobFile(await readFile(file, 'utf8'))).toEqual({ ...job, documentId: copyId, isCopy: true })
  }, 60_000)

  it('keeps what was made when the original is deleted or the job cannot go on, and runs nothing itself', async () => {
    const { documentId, openCopy } = await startAndDuplicate()
    await engine.send('DELETE', `/documents/${documentId}`)
    expect((await openCopy()).jobs).toMatchObject([{ state: 'cancelled', phase: 'ended', error: null }])
    expect(await engine.runJob(SHORT)).toMatchObject({ state: 'done' })
  }, 60_000)
})

describe('a pack that is damaged', () => {
  it.each([
    ['a graph of the wrong size', (pack: string) => truncate(join(pack, STARTER_STAGE.transformer), 1000), STARTER_STAGE.transformer],
    ['no description that can be read', (pack: string) => writeFile(join(pack, 'pack.json'), '{'), 'pack.json'],
  ])('by %s is refused by name, and verified', async (_, damage, file) => {
    const packs = join(folder, 'other-packs')
    await cp(BUNDLED_PACKS, packs, { recursive: true })
    await damage(join(packs, 'starter'))
    const data = await mkdtemp(join(tmpdir(), 'remask-damaged-'))
    const other = await openTestEngine(data, bundle, [packs])
    expect(await other.ask('GET', '/packs')).toMatchObject([{ id: 'starter', problem: expect.stringMatching(/.+/) }])
    // Also where none is named: the only one there is cannot be used.
    await expect(other.startJob(SHORT)).rejects.toMatchObject({ message: expect.stringContaining('install') })
    await expect(other.startJob({ ...SHORT, packId: 'starter' })).rejects.toMatchObject({
      code: 'pack-corrupt', message: expect.stringContaining(file),
    })
    const { files } = await other.ask<{ files: { path: string; isIntact: boolean }[] }>('POST', '/packs/starter/verify')
    expect(files.filter(({ isIntact }) => !isIntact).map(({ path }) => path)).toEqual([file])
    await other.engine.dispose()
    await rm(data, { recursive: true })
  })

  it('in its bytes fails the job and says which file', async () => {
    const packs = join(folder, 'other-packs')
    await cp(BUNDLED_PACKS, packs, { recursive: true })
    const graph = join(packs, 'starter', STARTER_STAGE.transformer)
    const bytes = await readFile(graph)
    await writeFile(graph, bytes.fill(7, 0, 5000))
    const data = await mkdtemp(join(tmpdir(), 'remask-damaged-'))
    const other = await openTestEngine(data, bundle, [packs])
    const job = await other.runJob(SHORT)
    expect(job).toMatchObject({ state: 'failed', error: { code: 'pack-corrupt' } })
    const { files } = await other.ask<{ files: { path: string; isIntact: boolean }[] }>('POST', '/packs/starter/verify')
    expect(files.filter(({ isIntact }) => !isIntact).map(({ path }) => path)).toEqual([STARTER_STAGE.transformer])
    await other.engine.dispose()
    await rm(data, { recursive: true })
  }, 60_000)

  it('in what it can do refuses that edit and says who can', async () => {
    const packs = join(folder, 'other-packs')
    await cp(BUNDLED_PACKS, packs, { recursive: true })
    const description = JSON.parse(await readFile(join(packs, 'starter', 'pack.json'), 'utf8')) as object
    await cp(join(packs, 'starter'), join(packs, 'limited'), { recursive: true })
    const limited = { ...description, id: 'limited', name: 'Limited', edits: ['inpaint'] }
    await writeFile(join(packs, 'limited', 'pack.json'), JSON.stringify(limited))
    const data = await mkdtemp(join(tmpdir(), 'remask-limited-'))
    const other = await openTestEngine(data, bundle, [packs])
    await expect(other.startJob({ ...SHORT, packId: 'limited' })).rejects.toMatchObject({
      code: 'pack-cannot-edit', message: expect.stringContaining('Starter'),
    })
    await other.engine.dispose()
    await rm(data, { recursive: true })
  })
})
