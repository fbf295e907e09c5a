import { z } from 'zod'
import { editMask } from '../document.ts'
import { drawPolygon } from '../mask-shapes.ts'
import { decodeOutline, encodedPointsSchema } from '../stroke-points.ts'
import { defineCommand } from './command.ts'

export const maskLasso = defineCommand({
  type: 'mask-lasso',
  schema: z.object({ type: z.literal('mask-lasso'), isErase: z.boolean(), outline: encodedPointsSchema }),
  label: ({ isErase }) => (isErase ? 'unmask-lasso' : 'mask-lasso'),
  apply: (state, { isErase, outline }) =>
    editMask(state, (tiles, bounds) => drawPolygon(tiles, bounds, decodeOutline(outline), isErase)),
})
