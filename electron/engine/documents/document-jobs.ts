import type { Job } from '../../api/jobs.ts'

/** What the storage half of the engine needs to know of jobs. The job store implements it. */
export interface DocumentJobs {
  /** Jobs of one document, oldest first. */
  list(documentId: string): Promise<Job[]>
  /** Copies the job records of one document to another, so that a duplicate has its candidates too, also those yet to come. */
  copy(fromDocumentId: string, toDocumentId: string): Promise<void>
  /** Stops and forgets the jobs of a document that is being deleted. */
  drop(documentId: string): Promise<void>
  /** True while some job is queued or running: the clean-up of blobs waits for it. */
  hasUnfinished(): boolean
}
