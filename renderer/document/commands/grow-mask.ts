import { z } from 'zod'
import { editMaskInPieces } from '../document.ts'
import { growMask as grow, MAX_GROWTH } from '../mask-growth.ts'
import { defineCommand } from './command.ts'

export const growMask = defineCommand({
  type: 'grow-mask',
  /** `distance` in image pixels. */
  schema: z.object({ type: z.literal('grow-mask'), distance: z.number().int().min(1).max(MAX_GROWTH) }),
  label: () => 'grow-mask',
  apply: (state, { distance }) => editMaskInPieces(state, (tiles, bounds) => grow(tiles, bounds, distance), true),
})
