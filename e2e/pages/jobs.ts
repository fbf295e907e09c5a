import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Job } from '../../electron/api/jobs.ts'
import type { Remask } from '../harness/remask.ts'

/** The runs of the open document, as the engine knows them now, oldest first. */
export async function readJobs(remask: Remask): Promise<Job[]> {
  const id = new URL(remask.page.url()).hash.replace('#/documents/', '')
  const folder = path.join(remask.dataFolder, 'documents', id, 'jobs')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  const jobs = await Promise.all(names.map((name) => remask.fetchJson<Job>(`jobs/${path.basename(name, '.json')}`)))
  return jobs.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
}
