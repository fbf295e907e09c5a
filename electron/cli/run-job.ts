import type { EditRequestInput } from '../api/edits.ts'
import { EngineError } from '../api/errors.ts'
import type { Job } from '../api/jobs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { Cancelled, read, type EngineSession } from './engine-session.ts'
import { readEvents } from './event-lines.ts'

/**
 * Runs one job to its end. Ctrl+C stops it before its next step.
 *
 * Throws the job's EngineError, or Cancelled.
 */
export async function runJob(
  { client, fetch, interruption }: EngineSession,
  request: EditRequestInput,
  onProgress: (job: Job) => void = () => {},
): Promise<Job> {
  interruption.throwIfAborted()
  const { body } = await fetch('/api/events?window=command-line')
  if (body === null) throw new Error('The engine has no event stream')
  const { id } = await read<Job>(client.jobs.$post({ json: { documentId: null, request } }))
  const cancel = () => void client.jobs[':id'].$delete({ param: { id }, query: {} })
  interruption.addEventListener('abort', cancel)
  if (interruption.aborted) cancel()
  try {
    for await (const event of readEvents(body)) {
      if (event.type !== 'job' || event.job.id !== id) continue
      onProgress(event.job)
      if (hasEnded(event.job)) return checkOutcome(event.job)
    }
    throw new Error('The event stream ended before the job')
  } finally {
    interruption.removeEventListener('abort', cancel)
  }
}

function hasEnded({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running'
}

function checkOutcome(job: Job): Job {
  if (job.state === 'cancelled') throw new Cancelled()
  if (job.state === 'done') return job
  throw job.error === null ? new EngineError('inference-stopped', STRINGS.interrupted) : EngineError.fromWire(job.error)
}
