import type { OutpaintRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { areRectsEqual, containsRect, intersectRects, type PixelRect } from '../../api/geometry.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import { cropAround, cropForExtension, findTouchedCells, type Crop } from '../../api/token-cells.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import type { Edit, EditedPicture } from './edit.ts'
import { assertCropSize, assertPictureSize, cellGeometryOf, fillCoarsest } from './pack-geometry.ts'
import { planPasses } from './plan-passes.ts'

/** Predict what the frame adds to the picture and what the mask covers: one edit over the union. */
export const outpaint: Edit<OutpaintRequest> = {
  inputs: ({ image, mask, frame, edgeBand, isColourMatched }) => ({ image, mask, frame, edgeBand, isColourMatched }),

  fill: (request) => request,

  plan(request, picture, pack) {
    if (picture === undefined || !containsRect(request.frame, picture.bounds)) {
      throw new EngineError('invalid-request', EDIT_ERRORS.frameTooSmall)
    }
    assertPictureSize(request.frame)
    const crop = fillCoarsest(cropFor(request, picture, pack), pack)
    assertCropSize(crop, pack)
    const { rows, columns } = crop
    const tokenMask = findTouchedCells(crop, (cell) => isForgotten(cell, picture, request.frame))
    return { crop, plan: { rows, columns, tokenMask, passes: planPasses(crop, tokenMask, request, pack) } }
  },
}

function cropFor(request: OutpaintRequest, { bounds, mask }: EditedPicture, pack: Pack): Crop {
  const { frame } = request
  if (!areRectsEqual(frame, bounds)) return cropForExtension(frame, bounds, mask?.bounds, cellGeometryOf(pack), request)
  if (mask === undefined) throw new EngineError('mask-empty', EDIT_ERRORS.nothingToExtend)
  return cropAround(mask.bounds, bounds, cellGeometryOf(pack), request)
}

/** Cells wholly beyond the picture are forgotten too where the frame does not want them: the model knows nothing of them. */
function isForgotten(cell: PixelRect, { bounds, mask }: EditedPicture, frame: PixelRect): boolean {
  const known = intersectRects(cell, bounds)
  if (known === undefined) return true
  const wanted = intersectRects(cell, frame) ?? known
  return !areRectsEqual(known, wanted) || (mask?.isAnyMasked(cell) ?? false)
}
