import type { RemoveRequest } from '../../api/edits.ts'
import type { Edit } from './edit.ts'
import { planInsideMask } from './plan-picture-edit.ts'

/** Fill what the mask covers as the model expects it beside the rest: no words on either side of guidance. */
export const remove: Edit<RemoveRequest> = {
  inputs: ({ image, mask, edgeBand, isColourMatched }) => ({ image, mask, frame: null, edgeBand, isColourMatched }),

  fill: (request) => ({ ...request, prompt: '', negativePrompt: '' }),

  plan: (request, picture, pack) => planInsideMask(request, picture, pack),
}
