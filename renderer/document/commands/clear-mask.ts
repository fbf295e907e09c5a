import { z } from 'zod'
import { PixelMask } from '../pixel-mask.ts'
import { defineCommand } from './command.ts'

export const clearMask = defineCommand({
  type: 'clear-mask',
  schema: z.object({ type: z.literal('clear-mask') }),
  label: () => 'clear-mask',
  apply: (state) =>
    state.pixelMask === PixelMask.EMPTY
      ? state
      : { ...state, pixelMask: PixelMask.EMPTY, previousMask: state.pixelMask },
})
