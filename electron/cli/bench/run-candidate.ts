import type { EditRequestInput } from '../../api/edits.ts'
import type { Candidate } from '../../api/jobs.ts'
import type { EngineSession } from '../engine-session.ts'
import { runJob } from '../run-job.ts'

/** Runs a job of one candidate. */
export async function runCandidate(session: EngineSession, request: EditRequestInput): Promise<Candidate> {
  const [candidate] = (await runJob(session, request)).candidates
  if (candidate === undefined) throw new Error('A finished job has no candidate')
  return candidate
}
