import { intersectRects, type PixelRect } from '../../electron/api/geometry.ts'
import type { Candidate, Job } from '../../electron/api/jobs.ts'

/** The part of a candidate worth seeing in little: where the model worked. */
export function candidateRect({ cropRect }: Pick<Job, 'cropRect'>, { bounds }: Pick<Candidate, 'bounds'>): PixelRect {
  return (cropRect && intersectRects(cropRect, bounds)) ?? bounds
}
