import { enlargementOf } from '../../electron/api/edits.ts'
import { type PixelRect, scaleRect } from '../../electron/api/geometry.ts'
import type { Candidate, Job } from '../../electron/api/jobs.ts'
import type { ShownImage } from '../canvas/canvas-props.ts'

/** A candidate as the canvas shows it: an enlarged one in the place of what it was made from. */
export function showCandidate({ request }: Pick<Job, 'request'>, { imageId, bounds }: Pick<Candidate, 'imageId' | 'bounds'>): ShownImage {
  return { imageId, bounds, scale: enlargementOf(request) }
}

/** Where it lies in the document. */
export function placeOf({ bounds, scale }: ShownImage): PixelRect {
  return scaleRect(bounds, 1 / scale)
}
