import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import type { HistoryLabel } from '../../electron/api/strings/history.ts'
import type { Trail } from '../engine/engine-client.ts'
import { isRunning, openJob } from './runs.ts'
import type { EditorSession, Program } from './program.ts'

/** Whether a step before the last of an open candidate is looked at. */
export function canBranch(program: Program, session: EditorSession): boolean {
  const job = openJob(program, session)
  const { scrub, isStarting } = session.editor.getState()
  const candidate = job?.candidates.find(({ index }) => index === scrub?.index)
  return !isStarting && !isRunning(job) && scrub?.jobId === job?.id && (candidate?.trail?.stepCount ?? 0) > (scrub?.step ?? Infinity)
}

/**
 * Goes on from the step that is looked at, under the words that stand in the box now. In the history it is another way,
 * beside the run it goes on from.
 */
export async function branchRun(program: Program, session: EditorSession): Promise<void> {
  const { client, jobs } = program.engine
  const { scrub, prompt } = session.editor.getState()
  const job = openJob(program, session)
  if (scrub === null || job === undefined || !canBranch(program, session)) return
  session.editor.change({ isStarting: true })
  try {
    const { hash } = await client.putBlob(keptTokens(await client.getTrail(job.id, scrub.index), scrub.step))
    const start = { tokens: hash, step: scrub.step + (job.request.start?.step ?? 0) }
    const branch = await client.startJob(session.id, { ...job.request, prompt: prompt.trim(), seed: null, start })
    jobs.putJobs([branch])
    goBackBefore(session, job.id)
    session.store.dispatch({ type: 'start-run', jobId: branch.id, from: { ...scrub } })
    session.editor.change({ shownCandidate: 0, scrub: null, isStopping: false })
    program.store.announce(CANDIDATE_STRINGS.started)
  } finally {
    session.editor.change({ isStarting: false })
  }
}

const STARTS: readonly HistoryLabel[] = ['start-run', 'go-on', 'settle-patch']

/** To where a run was started from, so that what follows stands beside it. */
export function goBackBefore({ store }: EditorSession, jobId: string): void {
  const entry = store.listHistory().find((item) => {
    return STARTS.includes(item.label) && store.stateAt(item.id).openCandidates?.jobId === jobId
  })
  if (entry) store.jumpTo(entry.parent)
}

/** What was kept after a step, as it is stored. @param step  counts from 1. */
function keptTokens({ tokens, stepCount }: Trail, step: number): Uint8Array<ArrayBuffer> {
  const length = tokens.length / stepCount
  const kept = tokens.slice((step - 0.5) * length, step * length)
  return new Uint8Array(kept.buffer)
}
