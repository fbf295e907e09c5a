import type { ReplaceBackgroundRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { Edit } from './edit.ts'
import { planInsideMask } from './plan-picture-edit.ts'

/** Predict again all but the subject: repainting inside the inverse of its mask. */
export const replaceBackground: Edit<ReplaceBackgroundRequest> = {
  inputs: ({ image, subject, edgeBand, isColourMatched }) => ({
    image, mask: subject, isMaskInverted: true, frame: null, edgeBand, isColourMatched,
  }),

  fill: (request) => request,

  plan(request, picture, pack) {
    if (picture !== undefined && picture.mask === undefined) throw new EngineError('mask-empty', EDIT_ERRORS.subjectWhole)
    return planInsideMask(request, picture, pack)
  },
}
