import { z } from 'zod'
import { editMask } from '../document.ts'
import { drawRectangle } from '../mask-shapes.ts'
import { NO_TILES } from '../mask-tiles.ts'
import { PixelMask } from '../pixel-mask.ts'
import { defineCommand } from './command.ts'

/** Masks the whole picture. */
export const fillMask = defineCommand({
  type: 'fill-mask',
  schema: z.object({ type: z.literal('fill-mask') }),
  label: () => 'fill-mask',
  // Starts from no mask, so that what was painted before need not be drawn on replay.
  apply: (state) =>
    editMask({ ...state, pixelMask: PixelMask.EMPTY }, (_, bounds) => drawRectangle(NO_TILES, bounds, bounds, false)),
})
