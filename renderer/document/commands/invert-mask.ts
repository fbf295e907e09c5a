import { z } from 'zod'
import { editMaskInPieces } from '../document.ts'
import { invertMask as invert } from '../mask-shapes.ts'
import { defineCommand } from './command.ts'

export const invertMask = defineCommand({
  type: 'invert-mask',
  schema: z.object({ type: z.literal('invert-mask') }),
  label: () => 'invert-mask',
  apply: (state) => editMaskInPieces(state, invert, false),
})
