import type { RetouchRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { Edit } from './edit.ts'
import { planInsideMask } from './plan-picture-edit.ts'

/** At a share of 8 % each token is drawn anew about three times. Muse takes about 100 turns, for larger pictures and on faster machines. */
const DEFAULT_TURNS = 36
/** Muse's (Chang et al. 2023, section 2.7): the few likeliest tokens, so that what fits the words already stays. */
const TOP_K = 3
const DEFAULT_GUIDANCE_SCALE = 4

/** Muse's mask-free editing: a small random share of the tokens is drawn anew under the prompt, turn after turn. */
export const retouch: Edit<RetouchRequest> = {
  inputs: ({ image, mask, edgeBand, isColourMatched }) => ({
    image, mask, isWholeWithoutMask: true, frame: null, edgeBand, isColourMatched,
  }),

  fill: (request) => ({
    ...request,
    steps: request.steps ?? DEFAULT_TURNS,
    guidanceScale: request.guidanceScale ?? DEFAULT_GUIDANCE_SCALE,
    // A ramp is for pictures that begin as noise; here the words count from the first turn.
    guidanceRamp: request.guidanceRamp ?? 'constant',
  }),

  plan(request, picture, pack) {
    if (request.prompt.trim() === '') throw new EngineError('invalid-request', EDIT_ERRORS.wordsMissing)
    const rounds = [{ kind: 'random-share', share: request.share }] as const
    return planInsideMask(request, picture, pack, { rounds, topK: TOP_K })
  },
}
