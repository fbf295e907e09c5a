import { type EditRequest, enlargementOf } from '../../electron/api/edits.ts'
import { intersectRects, type PixelRect, scaleRect } from '../../electron/api/geometry.ts'
import type { Candidate, Job } from '../../electron/api/jobs.ts'

type EditedJob = Pick<Job, 'cropRect'> & { readonly request: Pick<EditRequest, 'kind'> }

/** The part of a candidate worth seeing in little: where the model worked. */
export function candidateRect({ cropRect, request }: EditedJob, { bounds }: Pick<Candidate, 'bounds'>): PixelRect {
  return (cropRect && intersectRects(scaleRect(cropRect, enlargementOf(request)), bounds)) ?? bounds
}
