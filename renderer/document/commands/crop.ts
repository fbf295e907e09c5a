import { z } from 'zod'
import { pixelRectSchema } from '../../../electron/api/geometry.ts'
import { blobHashSchema } from '../../../electron/api/images.ts'
import { editMask } from '../document.ts'
import { intersectMask } from '../mask-shapes.ts'
import { defineCommand } from './command.ts'

/** Keeps the part of the picture inside the frame. `imageId` is what `POST /images/:id/crop` made of it. */
export const crop = defineCommand({
  type: 'crop',
  schema: z.object({ type: z.literal('crop'), rect: pixelRectSchema, imageId: blobHashSchema }),
  label: () => 'crop',
  apply: (state, { rect, imageId }) =>
    editMask(
      { ...state, layers: [{ imageId, opacity: 1, isVisible: true }], bounds: rect, frame: null },
      (tiles) => intersectMask(tiles, rect),
    ),
})
