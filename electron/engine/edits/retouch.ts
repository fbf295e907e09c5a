import type { RetouchRequest } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { Edit } from './edit.ts'
import type { PassStyle } from './plan-passes.ts'
import { planInsideMask } from './plan-picture-edit.ts'

/** Muse's (Chang et al. 2023, section 2.7). */
const DEFAULT_SHARE = 0.08
/** At a share of 8 % each token is drawn anew about three times. Muse takes about 100 turns, for larger pictures and on faster machines. */
const DEFAULT_TURNS = 36
/** Muse's (Chang et al. 2023, section 2.7): the few likeliest tokens, so that what fits the words already stays. */
const TOP_K = 3
const DEFAULT_GUIDANCE_SCALE = 4

/**
 * By instruction where the pack was taught to follow one: the picture is drawn anew beside itself. Else Muse's mask-free
 * editing: a small random share of the tokens is drawn anew under the prompt, turn after turn.
 */
export const retouch: Edit<RetouchRequest> = {
  inputs: ({ image, mask, edgeBand, isColourMatched }) => ({
    image, mask, isWholeWithoutMask: true, frame: null, edgeBand, isColourMatched,
  }),

  fill(request, pack) {
    const share = request.share ?? (pack.takesReference ? null : DEFAULT_SHARE)
    if (share === null) return { ...request, share }
    return {
      ...request,
      share,
      steps: request.steps ?? DEFAULT_TURNS,
      guidanceScale: request.guidanceScale ?? DEFAULT_GUIDANCE_SCALE,
      // A ramp is for pictures that begin as noise; here the words count from the first turn.
      guidanceRamp: request.guidanceRamp ?? 'constant',
    }
  },

  plan(request, picture, pack) {
    const { prompt, share } = request
    if (prompt.trim() === '') throw new EngineError('invalid-request', EDIT_ERRORS.wordsMissing)
    const style: PassStyle = share === null
      ? { rounds: [{ kind: 'stretch', from: 0, to: 1 }], topK: null, isReferenced: true }
      : { rounds: [{ kind: 'random-share', share }], topK: TOP_K }
    return planInsideMask(request, picture, pack, style)
  },
}
