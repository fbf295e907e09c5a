import type { RestyleRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { RemaskRule } from '../../../models/sampling/edit-plan.ts'
import type { Edit } from './edit.ts'
import { assertStrength, planInsideMask } from './plan-picture-edit.ts'

/**
 * Another style: `strength` of the tokens are drawn anew in rounds. Each round masks other tokens than those before it, so
 * that what is drawn always keeps to the picture around it and the composition stays, at strength 1 too.
 */
export const restyle: Edit<RestyleRequest> = {
  inputs: ({ image, mask, edgeBand, isColourMatched }) => ({
    image, mask, isWholeWithoutMask: true, frame: null, edgeBand, isColourMatched,
  }),

  fill: (request) => request,

  plan(request, picture, pack) {
    const { prompt, strength, rounds: roundCount } = request
    assertStrength(strength)
    if (prompt.trim() === '') throw new EngineError('invalid-request', EDIT_ERRORS.styleMissing)
    // Visible tokens give the old style away: a pack that can sees them as the reference only.
    if (pack.takesReference) {
      return planInsideMask(request, picture, pack, { rounds: [{ kind: 'stretch', from: 0, to: strength }], topK: null, isReferenced: true })
    }
    const rounds = Array.from({ length: roundCount }, (_, round): RemaskRule => ({
      kind: 'stretch',
      from: (strength * round) / roundCount,
      to: (strength * (round + 1)) / roundCount,
    }))
    return planInsideMask(request, picture, pack, { rounds, topK: null })
  },
}
