import type { InpaintRequest } from '../../api/edits.ts'
import type { Edit } from './edit.ts'
import { planInsideMask } from './plan-picture-edit.ts'

/** Predict again what the mask covers: every cell it touches is forgotten. */
export const inpaint: Edit<InpaintRequest> = {
  inputs: ({ image, mask, edgeBand, isColourMatched }) => ({ image, mask, frame: null, edgeBand, isColourMatched }),

  fill: (request) => request,

  plan: (request, picture, pack) => planInsideMask(request, picture, pack),
}
