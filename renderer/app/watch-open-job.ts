import type { Job } from '../../electron/api/jobs.ts'
import { EngineError } from '../../electron/api/errors.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import type { DocumentSession } from '../engine/document-session.tsx'
import type { Program } from './program.ts'
import { isRunning } from './runs.ts'

/** Says when the open job's candidates are ready, and closes a run that was stopped before anything formed. */
export function watchOpenJob(program: Program, session: DocumentSession): () => void {
  const { jobs } = program.engine
  let before: Job | undefined
  const look = () => {
    const jobId = session.store.getState().document.openCandidates?.jobId
    const job = jobId === undefined ? undefined : jobs.getState().jobs[jobId]
    const hasJustEnded = before !== undefined && before.id === job?.id && isRunning(before) && !isRunning(job)
    before = job
    if (job && hasJustEnded) conclude(program, session, job)
  }
  const ends = [jobs.subscribe(look), session.store.subscribe(look)]
  look()
  return () => ends.forEach((end) => end())
}

function conclude(program: Program, session: DocumentSession, job: Job): void {
  const count = job.candidates.length
  if (job.state === 'cancelled' && count === 0) {
    session.store.dispatch({ type: 'dismiss-candidates' })
    session.editor.change({ shownCandidate: null })
  } else if (count > 0) program.store.announce(CANDIDATE_STRINGS.ready(count))
  else if (job.error) program.store.announce(CANDIDATE_STRINGS.failed(EngineError.fromWire(job.error).message))
}
