import type { EditRequestInput } from '../api/edits.ts'
import type { Job } from '../api/jobs.ts'
import { SETTLE_STEPS } from '../api/compositions.ts'
import { read, type EngineSession } from './engine-session.ts'
import { uploadMask } from './upload.ts'

/** What draws the join anew where one candidate of a job is painted over its first. @param cells  a grey picture: white is painted. */
export async function makePatchRequest(session: EngineSession, job: Job, index: number, cells: string): Promise<EditRequestInput> {
  const mask = await uploadMask(session, cells, job.candidates[0]!.bounds)
  const composed = session.client.jobs[':id'].compositions.$post({ param: { id: job.id }, json: { base: 0, painted: [{ index, mask }] } })
  const { tokens } = await read<{ tokens: string }>(composed)
  return { ...job.request, count: 1, steps: SETTLE_STEPS, start: { tokens, step: 0 } }
}
