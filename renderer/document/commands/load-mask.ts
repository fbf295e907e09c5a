import { z } from 'zod'
import { blobHashSchema } from '../../../electron/api/images.ts'
import { intersectMask } from '../mask-shapes.ts'
import { PixelMask } from '../pixel-mask.ts'
import { defineCommand } from './command.ts'

/** A mask from a file replaces the mask. `imageId` is its `mask8` tile image. */
export const loadMask = defineCommand({
  type: 'load-mask',
  schema: z.object({ type: z.literal('load-mask'), imageId: blobHashSchema }),
  label: () => 'load-mask',
  listNeededMasks: ({ imageId }) => [imageId],
  apply: (state, { imageId }, context) => {
    const { bounds } = state
    if (bounds === null) return state
    return { ...state, pixelMask: PixelMask.from(() => intersectMask(context.getMaskTiles(imageId), bounds)) }
  },
})
