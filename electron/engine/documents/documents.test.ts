import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, onTestFinished, test, vi } from 'vitest'
import { documentSummarySchema, openedDocumentSchema, type DocumentSummary, type OpenedDocument } from '../../api/documents.ts'
import type { ImportedImage } from '../../api/images.ts'
import { openPixelStorage } from '../pictures/pixel-storage.ts'
import { dataPaths } from '../storage/data-paths.ts'
import { mountFailingDisk } from '../testing/failing-disk.ts'
import { makeTestFolder, startEngineUnderTest, type EngineUnderTest } from '../testing/engine-under-test.ts'
import { makePicture, PICTURE_SIZE } from '../testing/pictures.ts'
import type { DocumentJobs } from './document-jobs.ts'
import { openDocuments } from './documents.ts'

const AT = '2026-01-02T03:04:05.000Z'
const VIEW = { zoom: 2, centreX: 10, centreY: 20, tool: 'brush', prompt: 'a lake', extra: true }

async function create({ ask }: EngineUnderTest, name?: string): Promise<DocumentSummary> {
  return documentSummarySchema.parse(await ask('POST', 'documents', name === undefined ? {} : { name }))
}

async function open({ ask }: EngineUnderTest, id: string, window?: string): Promise<OpenedDocument> {
  return openedDocumentSchema.parse(await ask('POST', `documents/${id}/open`, undefined, window))
}

function command(id: string, parent: string | null, picture: string | null = null) {
  return { entry: { id, parent, at: AT, picture, command: { type: 'open-picture', imageId: picture } } }
}

async function addPicture(engine: EngineUnderTest, id: string): Promise<string> {
  const { imageId } = await engine.ask<ImportedImage>('POST', 'images', await makePicture().png().toBuffer())
  await engine.send('POST', `documents/${id}/lines`, command('a', null, imageId))
  return imageId
}

test('a document is made, named, listed newest first, and survives a restart with lines and view', async () => {
  const first = await startEngineUnderTest()
  const { id, ...made } = await create(first)
  expect(made).toMatchObject({ name: 'Untitled', picture: null, bounds: null, bytes: 0, hasInterruptedJob: false })
  await first.send('PATCH', `documents/${id}`, { name: 'Lake' })
  const picture = await addPicture(first, id)
  await first.send('POST', `documents/${id}/lines`, command('b', 'a', picture))
  await first.send('POST', `documents/${id}/lines`, { head: 'a', at: AT })
  await first.send('PUT', `documents/${id}/view`, VIEW)
  const other = await create(first, 'Newer')
  await first.engine.dispose()

  const second = await startEngineUnderTest(first.dataFolder)
  const list = await second.ask<DocumentSummary[]>('GET', 'documents')
  expect(list.map(({ id }) => id)).toEqual([other.id, id])
  expect(list[1]).toMatchObject({ name: 'Lake', picture, modifiedAt: AT, bounds: { x: 0, y: 0, ...PICTURE_SIZE } })
  expect(list[1]!.bytes).toBeGreaterThan(1000)
  const opened = await open(second, id)
  expect(opened.lines).toEqual([command('a', null, picture), command('b', 'a', picture), { head: 'a', at: AT }])
  expect(opened).toMatchObject({ view: VIEW, jobs: [], damage: null })
})

test('a document is open in one window; another is refused until that one closes it or is gone', async () => {
  const engine = await startEngineUnderTest()
  const { id } = await create(engine)
  await open(engine, id, 'A')
  await open(engine, id, 'A')
  const refusal = { code: 'document-open-elsewhere', message: expect.stringContaining('another window') }
  await expect(open(engine, id, 'B')).rejects.toMatchObject(refusal)
  await expect(engine.ask('POST', `documents/${id}/lines`, command('a', null), 'B')).rejects.toMatchObject(refusal)
  await expect(engine.ask('PUT', `documents/${id}/view`, VIEW, 'B')).rejects.toMatchObject(refusal)
  await expect(engine.ask('DELETE', `documents/${id}`, undefined, 'B')).rejects.toMatchObject(refusal)
  await engine.send('POST', `documents/${id}/close`, undefined, 'B')
  await expect(open(engine, id, 'B')).rejects.toMatchObject(refusal)
  await engine.send('POST', `documents/${id}/close`, undefined, 'A')
  await open(engine, id, 'B')
})

test('a window whose event stream has ended gives its documents free', async () => {
  const engine = await startEngineUnderTest()
  const { id } = await create(engine)
  const stream = (await engine.send('GET', 'events?window=A')).body!
  await open(engine, id, 'A')
  await expect(open(engine, id, 'B')).rejects.toMatchObject({ code: 'document-open-elsewhere' })
  await stream.cancel()
  await expect.poll(() => open(engine, id, 'B').then(() => 'open', () => 'refused'), { timeout: 15_000 }).toBe('open')
})

test('a line is on disk when it is answered', async () => {
  const engine = await startEngineUnderTest()
  const { id } = await create(engine)
  await engine.send('POST', `documents/${id}/lines`, command('a', null))
  const log = await readFile(join(engine.dataFolder, 'documents', id, 'log.ndjson'), 'utf8')
  expect(log.split('\n').map((line) => line && JSON.parse(line))).toEqual([command('a', null), ''])
})

test('a duplicate has the history and the view, and goes its own way', async () => {
  const engine = await startEngineUnderTest()
  const { id } = await create(engine, 'Lake')
  const picture = await addPicture(engine, id)
  await engine.send('PUT', `documents/${id}/view`, VIEW)
  const copy = await engine.ask<DocumentSummary>('POST', `documents/${id}/duplicate`)
  expect(copy).toMatchObject({ name: 'Lake (copy)', picture })
  await engine.send('POST', `documents/${copy.id}/lines`, command('b', 'a'))
  expect((await open(engine, copy.id)).lines).toHaveLength(2)
  expect((await open(engine, copy.id)).view).toEqual(VIEW)
  expect((await open(engine, id)).lines).toHaveLength(1)
})

test('a deleted document is gone, and what a crash left half made or half deleted is cleared away', async () => {
  const engine = await startEngineUnderTest()
  const { id } = await create(engine)
  await engine.send('DELETE', `documents/${id}`)
  await expect(open(engine, id)).rejects.toMatchObject({ code: 'not-found' })
  const folder = join(engine.dataFolder, 'documents')
  expect(await readdir(folder)).toEqual([])
  await engine.engine.dispose()
  await mkdir(join(folder, `.${id}`))
  const again = await startEngineUnderTest(engine.dataFolder)
  expect(await again.ask('GET', 'documents')).toEqual([])
  expect(await readdir(folder)).toEqual([])
})

test('a thumbnail is a WebP of 320 pixels, cacheable for ever under its picture’s name', async () => {
  const engine = await startEngineUnderTest()
  const { id } = await create(engine)
  await expect(engine.ask('GET', `documents/${id}/thumbnail`)).rejects.toMatchObject({ code: 'not-found' })
  const large = { width: 1500, height: 750, channels: 3, background: { r: 10, g: 200, b: 30 } } as const
  const { imageId } = await engine.ask<ImportedImage>('POST', 'images', await sharp({ create: large }).png().toBuffer())
  await engine.send('POST', `documents/${id}/lines`, command('a', null, imageId))
  for (const version of ['', `?v=${imageId}`]) {
    const response = await engine.send('GET', `documents/${id}/thumbnail${version}`)
    expect(response.headers.get('cache-control')).toContain(version === '' ? 'no-cache' : 'immutable')
    const thumbnail = sharp(await response.arrayBuffer())
    expect(await thumbnail.metadata()).toMatchObject({ format: 'webp', width: 320, height: 160 })
    const { channels } = await thumbnail.stats()
    expect(channels).toHaveLength(3)
    const [red, green, blue] = channels.map(({ mean, min, max }) => ({ mean: Math.round(mean / 10) * 10, isFlat: max - min < 10 }))
    expect([red, green, blue]).toEqual([10, 200, 30].map((mean) => ({ mean, isFlat: true })))
  }
})

test('damage in the history is said once it is opened, and a lost name does not lose the document', async () => {
  const engine = await startEngineUnderTest()
  const { id } = await create(engine)
  const folder = join(engine.dataFolder, 'documents', id)
  await writeFile(join(folder, 'log.ndjson'), `${JSON.stringify(command('a', null))}\n{"ent\n${JSON.stringify({ head: null, at: AT })}\n`)
  await writeFile(join(folder, 'document.json'), '')
  await writeFile(join(folder, 'view.json'), '{"zoom":')
  const opened = await open(engine, id)
  expect(opened).toMatchObject({ summary: { name: 'Untitled' }, view: null, damage: expect.stringContaining('1 step') })
  expect(opened.lines).toHaveLength(2)
})

test('a client cannot leave the documents’ folder, nor write without a window', async () => {
  const engine = await startEngineUnderTest()
  for (const id of ['..', '%2e%2e', '..%2Fsettings.json', 'CON', encodeURIComponent('/etc')]) {
    await expect(engine.ask('POST', `documents/${id}/open`)).rejects.toMatchObject({ code: 'not-found' })
    await expect(engine.ask('DELETE', `documents/${id}`)).rejects.toMatchObject({ code: 'not-found' })
  }
  const { id } = await create(engine)
  await expect(engine.ask('POST', `documents/${id}/open`, undefined, '')).rejects.toMatchObject({ code: 'invalid-request' })
})

test('files of others in its folders do not keep the engine from starting', async () => {
  const first = await startEngineUnderTest()
  const { id } = await create(first, 'Lake')
  await addPicture(first, id)
  await first.engine.dispose()
  const folders = ['documents', 'blobs', 'images', 'packs', 'packs/.installs', `documents/${id}/jobs`]
  for (const folder of folders) {
    await mkdir(join(first.dataFolder, folder), { recursive: true })
    await writeFile(join(first.dataFolder, folder, 'desktop.ini'), '')
  }
  await mkdir(join(first.dataFolder, 'documents', id, 'jobs', 'folder.json'))
  const second = await startEngineUnderTest(first.dataFolder)
  expect(await second.ask('GET', 'documents')).toMatchObject([{ name: 'Lake' }])
  for (const folder of folders) expect(await readdir(join(first.dataFolder, folder))).toContain('desktop.ini')
})

test('documents are listed while others are being deleted', async () => {
  const engine = await startEngineUnderTest()
  const kept = await create(engine, 'Kept')
  for (let round = 0; round < 10; round++) {
    const doomed = await Promise.all(Array.from({ length: 6 }, () => create(engine)))
    const lists = doomed.map(async ({ id }) => {
      const deleting = engine.send('DELETE', `documents/${id}`)
      const list = await engine.ask<DocumentSummary[]>('GET', 'documents')
      await deleting
      return list
    })
    for (const list of await Promise.all(lists)) expect(list).toContainEqual(expect.objectContaining({ id: kept.id }))
  }
})

test('a document whose log cannot be read is named and does not hide the others', async () => {
  const engine = await startEngineUnderTest()
  const [kept, broken] = [await create(engine, 'Kept'), await create(engine, 'Broken')]
  await mkdir(join(engine.dataFolder, 'documents', broken.id, 'log.ndjson'))
  const complain = vi.spyOn(console, 'error').mockReturnValue()
  expect(await engine.ask('GET', 'documents')).toMatchObject([{ id: kept.id }])
  expect(complain).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(broken.id), expect.anything())
  complain.mockRestore()
})

test('a hidden folder of another program among the documents is left alone', async () => {
  const dataFolder = await makeTestFolder()
  await mkdir(join(dataFolder, 'documents', '.stfolder'), { recursive: true })
  const engine = await startEngineUnderTest(dataFolder)
  expect(await engine.ask('GET', 'documents')).toEqual([])
  expect(await readdir(join(dataFolder, 'documents'))).toEqual(['.stfolder'])
})

test('lines count as unsaved from a failed write until its page has had the time to repeat them all', async (context) => {
  const disk = await mountFailingDisk()
  if (disk === undefined) return context.skip()
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const paths = dataPaths(disk.folder)
  await mkdir(paths.documents)
  const jobs: DocumentJobs = { list: async () => [], copy: async () => {}, drop: async () => {}, hasUnfinished: () => false }
  const documents = await openDocuments({ ...(await openPixelStorage(paths, 2 ** 20)), paths, jobs, onDelete: () => {} })
  const { id } = await documents.create()
  await documents.append(id, 'A', command('a', null))
  expect(documents.hasUnsaved()).toBe(false)
  disk.fail()
  await expect(documents.append(id, 'A', command('b', 'a'))).rejects.toMatchObject({ code: 'disk-read-only' })
  vi.setSystemTime(Date.now() + 3_600_000)
  expect(documents.hasUnsaved()).toBe(true)
  await expect(documents.append(id, 'A', command('b', 'a'))).rejects.toMatchObject({ code: 'disk-read-only' })
  disk.mend()
  await documents.append(id, 'A', command('b', 'a'))
  expect(documents.hasUnsaved()).toBe(true)
  vi.setSystemTime(Date.now() + 3_600_000)
  expect(documents.hasUnsaved()).toBe(false)
  await documents.dispose()
})
