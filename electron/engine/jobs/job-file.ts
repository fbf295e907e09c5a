import { isDeepStrictEqual } from 'node:util'
import { jobSchema, type Candidate, type Job } from '../../api/jobs.ts'
import { requestOf } from './candidate-request.ts'

/** A recipe without what follows from the job's own request: four candidates say the same four times. */
type StoredCandidate = Omit<Candidate, 'recipe'> & {
  readonly recipe: Omit<Candidate['recipe'], 'request'> & Partial<Pick<Candidate['recipe'], 'request'>>
}
type StoredJob = Omit<Job, 'candidates'> & { readonly candidates: readonly StoredCandidate[] }

/** A job as the text of its file. */
export function writeJobFile(job: Job): string {
  const stored: StoredJob = { ...job, candidates: job.candidates.map((candidate) => shorten(job, candidate)) }
  return JSON.stringify(stored)
}

/** Throws where the text is no job. Files of versions that wrote whole recipes are read alike. */
export function readJobFile(text: string): Job {
  const stored = JSON.parse(text) as StoredJob
  const candidates = stored.candidates.map(({ recipe, ...candidate }) => {
    return { ...candidate, recipe: { request: requestOf(stored.request, candidate.index), ...recipe } }
  })
  return jobSchema.parse({ ...stored, candidates })
}

function shorten({ request }: Job, candidate: Candidate): StoredCandidate {
  const { request: own, ...recipe } = candidate.recipe
  return isDeepStrictEqual(own, requestOf(request, candidate.index)) ? { ...candidate, recipe } : candidate
}
