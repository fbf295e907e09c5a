import { isDeepStrictEqual } from 'node:util'
import { jobSchema, type Candidate, type Job } from '../../api/jobs.ts'
import { requestOf } from './candidate-request.ts'

/** A recipe without what follows from the job's own request: four candidates say the same four times. */
type StoredCandidate = Omit<Candidate, 'recipe'> & {
  readonly recipe: Omit<Candidate['recipe'], 'request'> & Partial<Pick<Candidate['recipe'], 'request'>>
}
type StoredJob = Omit<Job, 'candidates'> & {
  readonly candidates: readonly Partial<StoredCandidate>[]
  /** What all candidates say alike, once. Absent in files of versions that repeated it. */
  readonly alike?: Partial<StoredCandidate>
}

/** A job as the text of its file. */
export function writeJobFile(job: Job): string {
  const shortened = job.candidates.map((candidate) => shorten(job, candidate))
  const alike = findAlike(shortened)
  const candidates = shortened.map((candidate) => pick(candidate, (key) => !(key in alike)))
  return JSON.stringify({ ...job, candidates, alike } satisfies StoredJob)
}

/** Throws where the text is no job. Files of versions that wrote whole candidates are read alike. */
export function readJobFile(text: string): Job {
  const { alike, ...stored } = JSON.parse(text) as StoredJob
  const candidates = stored.candidates.map((own) => {
    const { recipe, ...candidate } = { ...alike, ...own } as StoredCandidate
    return { ...candidate, recipe: { request: requestOf(stored.request, candidate.index), ...recipe } }
  })
  return jobSchema.parse({ ...stored, candidates })
}

function shorten({ request }: Job, candidate: Candidate): StoredCandidate {
  const { request: own, ...recipe } = candidate.recipe
  return isDeepStrictEqual(own, requestOf(request, candidate.index)) ? { ...candidate, recipe } : candidate
}

/** Of a single candidate nothing is alike: there is nothing it would be said for twice. */
function findAlike([first, ...others]: readonly StoredCandidate[]): Partial<StoredCandidate> {
  if (first === undefined || others.length === 0) return {}
  return pick(first, (key) => others.every((other) => isDeepStrictEqual(other[key], first[key])))
}

function pick(candidate: StoredCandidate, isPicked: (key: keyof StoredCandidate) => boolean): Partial<StoredCandidate> {
  const keys = Object.keys(candidate) as (keyof StoredCandidate)[]
  return Object.fromEntries(keys.filter(isPicked).map((key) => [key, candidate[key]]))
}
