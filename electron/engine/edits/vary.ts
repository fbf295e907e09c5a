import type { VaryRequest } from '../../api/edits.ts'
import type { Edit } from './edit.ts'
import { assertStrength, planInsideMask } from './plan-picture-edit.ts'

/** The same picture, a little different: `strength` of its tokens, spread evenly, are forgotten and predicted by the rest. */
export const vary: Edit<VaryRequest> = {
  inputs: ({ image, mask, edgeBand, isColourMatched }) => ({
    image, mask, isWholeWithoutMask: true, frame: null, edgeBand, isColourMatched,
  }),

  fill: (request) => request,

  plan(request, picture, pack) {
    assertStrength(request.strength)
    // Counted from the start of the order: at strength 1 the stretch is all of it, and nothing is known.
    const rounds = [{ kind: 'stretch', from: 0, to: request.strength }] as const
    return planInsideMask(request, picture, pack, { rounds, topK: null })
  },
}
