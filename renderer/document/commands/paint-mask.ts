import { z } from 'zod'
import { editMask } from '../document.ts'
import { drawStroke } from '../mask-brush.ts'
import { decodeStroke, encodedStrokeSchema } from '../stroke-points.ts'
import { defineCommand } from './command.ts'

/** One stroke of the mask brush or the mask eraser. */
export const paintMask = defineCommand({
  type: 'paint-mask',
  schema: z.object({
    type: z.literal('paint-mask'),
    isErase: z.boolean(),
    /** Diameter at full pressure, in image pixels. */
    size: z.number().min(1).max(1000),
    /** 0–1 */
    hardness: z.number().min(0).max(1),
    stroke: encodedStrokeSchema,
  }),
  label: ({ isErase }) => (isErase ? 'erase-mask' : 'paint-mask'),
  apply: (state, { stroke, ...brush }) =>
    editMask(state, (tiles, bounds) => drawStroke(tiles, bounds, brush, decodeStroke(stroke))),
})
