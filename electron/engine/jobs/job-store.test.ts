import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { editRequestSchema } from '../../api/edits.ts'
import type { Job } from '../../api/jobs.ts'
import { dataPaths } from '../storage/data-paths.ts'
import { createJobStore } from './job-store.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'remask-job-store-'))
})
afterEach(() => rm(folder, { recursive: true }))

function job(id: string, documentId: string | null, createdAt: string): Job {
  return {
    id, documentId, createdAt, request: editRequestSchema.parse({ kind: 'generate' }), state: 'done', cropRect: null,
    step: 0, stepCount: 12, secondsLeft: null, phase: 'ended', candidates: [], error: null,
  }
}
const EARLY = '2026-01-01T00:00:00.000Z'
const LATE = '2026-01-02T00:00:00.000Z'

it('gives back what was saved last, oldest first, of all documents', async () => {
  const store = createJobStore(dataPaths(folder))
  await store.save(job('b', 'two', LATE))
  await Promise.all([store.save(job('a', 'one', EARLY)), store.save({ ...job('a', 'one', EARLY), step: 5 })])
  const jobs = await createJobStore(dataPaths(folder)).loadAll()
  expect(jobs).toEqual([{ ...job('a', 'one', EARLY), step: 5 }, job('b', 'two', LATE)])
})

it('keeps nothing of a job without a document', async () => {
  await createJobStore(dataPaths(folder)).save(job('a', null, EARLY))
  expect(await readdir(folder)).toEqual([])
})

it('skips a record that cannot be read and removes what a crash left half written', async () => {
  const complain = vi.spyOn(console, 'error').mockReturnValue()
  const paths = dataPaths(folder)
  await mkdir(paths.jobs('one'), { recursive: true })
  await writeFile(join(paths.jobs('one'), 'torn.json'), '{"id": "to')
  await writeFile(join(paths.jobs('one'), 'a.json.part'), '{')
  const store = createJobStore(paths)
  await store.save(job('a', 'one', EARLY))
  expect((await store.loadAll()).map(({ id }) => id)).toEqual(['a'])
  expect((await readdir(paths.jobs('one'))).sort()).toEqual(['a.json', 'torn.json'])
  expect(complain).toHaveBeenCalledOnce()
  complain.mockRestore()
})

it('gives an original before its copies, whatever folder is read first', async () => {
  const store = createJobStore(dataPaths(folder))
  await store.save({ ...job('a', 'one', EARLY), isCopy: true })
  await store.save(job('a', 'two', EARLY))
  await store.save({ ...job('a', 'zero', EARLY), isCopy: true })
  expect((await store.loadAll())[0]).toEqual(job('a', 'two', EARLY))
})

it('passes over files and folders of other programs and leaves them where they are', async () => {
  const paths = dataPaths(folder)
  const store = createJobStore(paths)
  await store.save(job('a', 'one', EARLY))
  await writeFile(join(paths.documents, '.DS_Store'), '')
  await writeFile(join(paths.jobs('one'), 'desktop.ini'), '')
  await mkdir(join(paths.jobs('one'), 'folder.json'))
  await mkdir(join(paths.jobs('one'), 'folder.part'))
  expect(await store.loadAll()).toEqual([job('a', 'one', EARLY)])
  expect((await readdir(paths.jobs('one'))).sort()).toEqual(['a.json', 'desktop.ini', 'folder.json', 'folder.part'])
})
