import { z } from 'zod'
import { type EditRequest, enlargementOf, recipeSchema } from '../../../electron/api/edits.ts'
import { areRectsEqual, type PixelRect, pixelRectSchema, scaleRect } from '../../../electron/api/geometry.ts'
import { blobHashSchema } from '../../../electron/api/images.ts'
import { receiptSchema } from '../../../electron/api/jobs.ts'
import { intersectMask } from '../mask-shapes.ts'
import { PixelMask } from '../pixel-mask.ts'
import { scaleMask } from '../scale-mask.ts'
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
    const factor = findEnlargement(state.bounds, bounds, recipe.request)
    // What the user painted after starting the run is not used up by it.
    const { openCandidates } = state
    const isMaskUsed = factor === 1 && openCandidates?.jobId === jobId && openCandidates.pixelMask === state.pixelMask
    const frame = state.frame && scaleRect(state.frame, factor)
    const isFrameReached = frame !== null && areRectsEqual(frame, bounds)
    const fitMask = (mask: PixelMask) =>
      factor === 1 ? mask.then((tiles) => intersectMask(tiles, bounds)) : enlargeMask(mask, factor)
    return {
      ...state,
      layers: [{ imageId, opacity: 1, isVisible: true }],
      bounds,
      origin: state.origin ?? 'created',
      pixelMask: isMaskUsed ? PixelMask.EMPTY : fitMask(state.pixelMask),
      previousMask: isMaskUsed ? keepMask(state.pixelMask, state.previousMask) : enlargeMask(state.previousMask, factor),
      frame: isFrameReached ? null : frame,
      openCandidates: null,
      pins: { packId: null, cells: [] },
      accepted: { jobId, index, recipe, receipt },
      enlargement: state.enlargement * factor,
    }
  },
})

/** How many times as large the picture has become, all of it: 1 where it was not enlarged, or is another since it was. */
function findEnlargement(before: PixelRect | null, after: PixelRect, request: EditRequest): number {
  const factor = enlargementOf(request)
  return before !== null && areRectsEqual(scaleRect(before, factor), after) ? factor : 1
}

function enlargeMask(mask: PixelMask, factor: number): PixelMask {
  return factor === 1 || mask === PixelMask.EMPTY ? mask : mask.thenInPieces((tiles) => scaleMask(tiles, factor), true)
}

function keepMask(cleared: PixelMask, previous: PixelMask): PixelMask {
  return cleared === PixelMask.EMPTY ? previous : cleared
}
