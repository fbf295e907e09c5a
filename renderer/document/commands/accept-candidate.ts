import { z } from 'zod'
import { recipeSchema } from '../../../electron/api/edits.ts'
import { areRectsEqual, pixelRectSchema } from '../../../electron/api/geometry.ts'
import { blobHashSchema } from '../../../electron/api/images.ts'
import { receiptSchema } from '../../../electron/api/jobs.ts'
import { intersectMask } from '../mask-shapes.ts'
import { PixelMask } from '../pixel-mask.ts'
import { defineCommand } from './command.ts'

/**
 * A candidate becomes the picture. `imageId` and `bounds` are the candidate's own, or what the engine made of it when the
 * picture had changed since (`POST /jobs/:id/candidates/:index/place`).
 */
export const acceptCandidate = defineCommand({
  type: 'accept-candidate',
  schema: z.object({
    type: z.literal('accept-candidate'),
    jobId: z.string(),
    index: z.number().int().min(0),
    imageId: blobHashSchema,
    bounds: pixelRectSchema,
    recipe: recipeSchema,
    receipt: receiptSchema.nullable(),
  }),
  label: ({ recipe }) => `accept-${recipe.request.kind}`,
  apply: (state, { jobId, index, imageId, bounds, recipe, receipt }) => {
    // What the user painted after starting the run is not used up by it.
    const { openCandidates } = state
    const isMaskUsed = openCandidates?.jobId === jobId && openCandidates.pixelMask === state.pixelMask
    const isFrameReached = state.frame !== null && areRectsEqual(state.frame, bounds)
    return {
      ...state,
      layers: [{ imageId, opacity: 1, isVisible: true }],
      bounds,
      origin: state.origin ?? 'created',
      pixelMask: isMaskUsed ? PixelMask.EMPTY : state.pixelMask.then((tiles) => intersectMask(tiles, bounds)),
      previousMask: isMaskUsed ? keepMask(state.pixelMask, state.previousMask) : state.previousMask,
      frame: isFrameReached ? null : state.frame,
      openCandidates: null,
      pins: { packId: null, cells: [] },
      accepted: { jobId, index, recipe, receipt },
    }
  },
})

function keepMask(cleared: PixelMask, previous: PixelMask): PixelMask {
  return cleared === PixelMask.EMPTY ? previous : cleared
}
