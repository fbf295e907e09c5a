import type { InpaintRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import { cropAround, findTouchedCells } from '../../api/token-cells.ts'
import type { Edit } from './edit.ts'
import { cellGeometryOf } from './pack-geometry.ts'
import { planPasses } from './plan-passes.ts'

/** Predict again what the mask covers: every cell it touches is forgotten. */
export const inpaint: Edit<InpaintRequest> = {
  inputs: ({ image, mask }) => ({ image, mask, frame: null }),

  fill: (request) => request,

  plan(request, picture, pack) {
    const mask = picture?.mask
    if (picture === undefined || mask === undefined) throw new EngineError('mask-empty', EDIT_ERRORS.maskEmpty)
    const crop = cropAround(mask.bounds, picture.bounds, cellGeometryOf(pack))
    const { rows, columns } = crop
    const tokenMask = findTouchedCells(crop, (cell) => mask.isAnyMasked(cell))
    return { crop, plan: { rows, columns, tokenMask, passes: planPasses(crop, tokenMask, request, pack) } }
  },
}
