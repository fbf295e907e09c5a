import { z } from 'zod'
import { pixelRectSchema } from '../../../electron/api/geometry.ts'
import { blobHashSchema } from '../../../electron/api/images.ts'
import { defineCommand } from './command.ts'
import { EMPTY_DOCUMENT } from '../document.ts'

/** A picture from a file or the clipboard becomes the document's. */
export const placePicture = defineCommand({
  type: 'place-picture',
  schema: z.object({
    type: z.literal('place-picture'),
    imageId: blobHashSchema,
    bounds: pixelRectSchema,
    isPasted: z.boolean(),
  }),
  label: ({ isPasted }) => (isPasted ? 'paste-picture' : 'place-picture'),
  apply: (state, { imageId, bounds }) => ({
    ...EMPTY_DOCUMENT,
    layers: [{ imageId, opacity: 1, isVisible: true }],
    bounds,
    origin: 'opened',
    previousMask: state.previousMask,
    enlargement: state.enlargement,
  }),
})
