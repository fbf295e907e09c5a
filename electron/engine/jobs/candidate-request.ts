import { MAX_SEED, type EditRequest } from '../../api/edits.ts'

/** Candidate i is drawn from the job's seed + i, so that it equals a run of its own. */
export function seedOf(request: EditRequest, index: number): number {
  return ((request.seed ?? 0) + index) % (MAX_SEED + 1)
}

/** What asks for one candidate of a job again. */
export function requestOf(request: EditRequest, index: number): EditRequest {
  return { ...request, seed: seedOf(request, index), count: 1 }
}
