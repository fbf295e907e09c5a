import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '../../api/jobs.ts'
import { TEMPORARY_SUFFIX, writeFileAtomically } from '../storage/atomic-file.ts'
import type { DataPaths } from '../storage/data-paths.ts'
import { unlessMissing, writing } from '../storage/disk-errors.ts'
import { listFolders } from '../storage/list-folders.ts'
import { createTurns } from '../pacing/turns.ts'
import { readJobFile, writeJobFile } from './job-file.ts'

/** Job records on disk: `documents/<id>/jobs/<job>.json`. Jobs without a document are not kept. */
export interface JobStore {
  /** Every job of every document, oldest first, an original before its copies. A record that cannot be read is left where it is and skipped. */
  loadAll(): Promise<Job[]>
  /** Answers when the record is on disk. Throws `disk-full`, `disk-read-only`. */
  save(job: Job): Promise<void>
}

export function createJobStore(paths: Pick<DataPaths, 'documents' | 'jobs'>): JobStore {
  const takeTurns = createTurns()
  return {
    async loadAll() {
      const documents = await listFolders(paths.documents)
      const jobs = await Promise.all(documents.map((documentId) => loadFolder(paths.jobs(documentId), documentId)))
      return jobs.flat().sort((a, b) => a.createdAt.localeCompare(b.createdAt) || Number(a.isCopy ?? false) - Number(b.isCopy ?? false))
    },
    async save(job) {
      const { documentId } = job
      if (documentId === null) return
      const folder = paths.jobs(documentId)
      const text = writeJobFile(job)
      await takeTurns(`${documentId} ${job.id}`, () =>
        writing(async () => {
          await mkdir(folder, { recursive: true })
          await writeFileAtomically(join(folder, `${job.id}.json`), text)
        }),
      )
    },
  }
}

async function loadFolder(folder: string, documentId: string): Promise<Job[]> {
  const entries = await unlessMissing(readdir(folder, { withFileTypes: true }), [])
  const jobs: Job[] = []
  for (const { name } of entries.filter((entry) => entry.isFile())) {
    const path = join(folder, name)
    // A crash while it was being written; the record it was to replace is whole.
    if (name.endsWith(TEMPORARY_SUFFIX)) await rm(path, { force: true })
    else if (name.endsWith('.json')) jobs.push(...parseJob(await readFile(path, 'utf8')).map((job) => ({ ...job, documentId })))
  }
  return jobs
}

function parseJob(text: string): Job[] {
  try {
    return [readJobFile(text)]
  } catch (error) {
    console.error('A job record cannot be read.', error)
    return []
  }
}
