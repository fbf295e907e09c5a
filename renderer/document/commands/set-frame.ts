import { z } from 'zod'
import { areRectsEqual, pixelRectSchema } from '../../../electron/api/geometry.ts'
import { defineCommand } from './command.ts'

/** Says where the picture shall be: beyond it extends, inside crops. */
export const setFrame = defineCommand({
  type: 'set-frame',
  schema: z.object({ type: z.literal('set-frame'), frame: pixelRectSchema }),
  label: () => 'set-frame',
  apply: (state, { frame }) => {
    if (state.bounds === null) return state
    if (areRectsEqual(frame, state.bounds)) return state.frame === null ? state : { ...state, frame: null }
    return state.frame !== null && areRectsEqual(frame, state.frame) ? state : { ...state, frame }
  },
})
