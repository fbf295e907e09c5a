import { z } from 'zod'
import { defineCommand } from './command.ts'

export const clearFrame = defineCommand({
  type: 'clear-frame',
  schema: z.object({ type: z.literal('clear-frame') }),
  label: () => 'clear-frame',
  apply: (state) => (state.frame === null ? state : { ...state, frame: null }),
})
