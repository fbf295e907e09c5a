import type { EditRequest } from '../api/edits.ts'
import type { PixelRect } from '../api/geometry.ts'
import type { RgbRaster } from '../api/inference.ts'
import type { ImageId } from '../api/images.ts'
import type { Job, Receipt } from '../api/jobs.ts'
import type { DocumentJobs } from './document-jobs.ts'

export interface PlacedCandidate {
  readonly imageId: ImageId
  readonly bounds: PixelRect
  readonly receipt: Receipt
}

/** Jobs: queued, run one at a time, kept with their documents. All methods throw `not-found` for a job that is not known. */
export interface JobQueue extends DocumentJobs {
  get(jobId: string): Job
  /** Of all documents: unfinished ones and those that changed since the engine started. */
  recent(): Job[]
  /** Plans the edit, so that what cannot work is refused here. Answers when the job is on disk. */
  add(documentId: string | null, request: EditRequest): Promise<Job>
  /** With `keep`, what has formed becomes candidates. A job that has ended stays as it is. */
  cancel(jobId: string, keep: boolean): Promise<Job>
  /** Makes the candidates an interrupted, failed or cancelled job still lacks. */
  retry(jobId: string): Promise<Job>
  preview(jobId: string, index: number): RgbRaster
  /** Blends a candidate into another state of the picture. */
  place(jobId: string, index: number, imageId: ImageId): Promise<PlacedCandidate>
  dispose(): Promise<void>
}
