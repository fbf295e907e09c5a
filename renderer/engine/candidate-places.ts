import type { Job } from '../../electron/api/jobs.ts'
import type { EditorState } from './editor-store.ts'

/** The indexes of a run's candidates in the order they stand: best match first once that is settled, else as they are drawn. */
export function listPlaces(job: Job, { isBestFirst, order }: Pick<EditorState, 'isBestFirst' | 'order'>): readonly number[] {
  return isBestFirst && order?.jobId === job.id ? order.indexes : drawnOrder(job)
}

export function drawnOrder({ request }: Job): number[] {
  return Array.from({ length: request.count }, (_, index) => index)
}
