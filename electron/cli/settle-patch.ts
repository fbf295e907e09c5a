import type { EditRequestInput } from '../api/edits.ts'
import type { ImageId } from '../api/images.ts'
import type { Job } from '../api/jobs.ts'
import { SETTLE_STEPS } from '../api/compositions.ts'
import { read, type EngineSession } from './engine-session.ts'

/** What draws the join anew where one candidate of a job is painted over its first. @param mask  of what is painted. */
export async function makePatchRequest({ client }: EngineSession, job: Job, index: number, mask: ImageId): Promise<EditRequestInput> {
  const composed = client.jobs[':id'].compositions.$post({ param: { id: job.id }, json: { base: 0, painted: [{ index, mask }] } })
  const { tokens } = await read<{ tokens: string }>(composed)
  return { ...job.request, count: 1, steps: SETTLE_STEPS, start: { tokens, step: 0 } }
}
