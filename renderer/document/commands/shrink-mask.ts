import { z } from 'zod'
import { editMaskInPieces } from '../document.ts'
import { shrinkMask as shrink, MAX_GROWTH } from '../mask-growth.ts'
import { defineCommand } from './command.ts'

export const shrinkMask = defineCommand({
  type: 'shrink-mask',
  /** `distance` in image pixels. */
  schema: z.object({ type: z.literal('shrink-mask'), distance: z.number().int().min(1).max(MAX_GROWTH) }),
  label: () => 'shrink-mask',
  apply: (state, { distance }) => editMaskInPieces(state, (tiles, bounds) => shrink(tiles, bounds, distance), true),
})
