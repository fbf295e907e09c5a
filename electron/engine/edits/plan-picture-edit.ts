import type { EditRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import { cropAround, findTouchedCells, type CropView } from '../../api/token-cells.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import type { EditedPicture, PlannedEdit, PreparedRequest } from './edit.ts'
import { assertCropSize, cellGeometryOf, fillCoarsest } from './pack-geometry.ts'
import { planPasses, type PassStyle } from './plan-passes.ts'

/**
 * The plan of an edit inside a mask: the crop is laid around it, and every cell it touches may change.
 *
 * Throws EngineError `mask-empty` and `image-too-large`.
 */
export function planInsideMask(
  request: PreparedRequest<EditRequest> & CropView,
  picture: EditedPicture | undefined,
  pack: Pack,
  style?: PassStyle,
): PlannedEdit {
  const mask = picture?.mask
  if (picture === undefined || mask === undefined) throw new EngineError('mask-empty', EDIT_ERRORS.maskEmpty)
  const crop = fillCoarsest(cropAround(mask.bounds, picture.bounds, cellGeometryOf(pack), request), pack)
  assertCropSize(crop, pack)
  const { rows, columns } = crop
  const tokenMask = findTouchedCells(crop, (cell) => mask.isAnyMasked(cell))
  return { crop, plan: { rows, columns, tokenMask, passes: planPasses(crop, tokenMask, request, pack, style) } }
}

/** Throws EngineError `invalid-request` for a strength that would change nothing. */
export function assertStrength(strength: number): void {
  if (strength === 0) throw new EngineError('invalid-request', EDIT_ERRORS.strengthZero)
}
