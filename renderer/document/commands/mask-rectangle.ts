import { z } from 'zod'
import { pixelRectSchema } from '../../../electron/api/geometry.ts'
import { editMask } from '../document.ts'
import { drawRectangle } from '../mask-shapes.ts'
import { defineCommand } from './command.ts'

export const maskRectangle = defineCommand({
  type: 'mask-rectangle',
  schema: z.object({ type: z.literal('mask-rectangle'), isErase: z.boolean(), rect: pixelRectSchema }),
  label: ({ isErase }) => (isErase ? 'unmask-rectangle' : 'mask-rectangle'),
  apply: (state, { isErase, rect }) => editMask(state, (tiles, bounds) => drawRectangle(tiles, bounds, rect, isErase)),
})
