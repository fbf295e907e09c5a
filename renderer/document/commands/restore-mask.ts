import { z } from 'zod'
import { intersectMask } from '../mask-shapes.ts'
import { PixelMask } from '../pixel-mask.ts'
import { defineCommand } from './command.ts'

/** Brings back the mask that was cleared or used last, so that the same place can be repainted again. */
export const restoreMask = defineCommand({
  type: 'restore-mask',
  schema: z.object({ type: z.literal('restore-mask') }),
  label: () => 'restore-mask',
  apply: (state) => {
    const { bounds, previousMask } = state
    if (bounds === null || previousMask === PixelMask.EMPTY) return state
    return { ...state, pixelMask: previousMask.then((tiles) => intersectMask(tiles, bounds)) }
  },
})
