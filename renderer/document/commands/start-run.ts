import { z } from 'zod'
import { defineCommand } from './command.ts'

/** A job was started from this state; its candidates lie over the canvas until one is accepted or all are closed. */
export const startRun = defineCommand({
  type: 'start-run',
  schema: z.object({
    type: z.literal('start-run'),
    jobId: z.string(),
    /** Where the candidate that it goes on from was, for one that begins in the middle. */
    from: z.object({ jobId: z.string(), index: z.number().int(), step: z.number().int() }).optional(),
    /** Whose candidates, painted over each other, it settles: its mask and frame are theirs. */
    settles: z.object({ jobId: z.string(), base: z.number().int() }).optional(),
  }),
  label: ({ from, settles }) => (settles !== undefined ? 'settle-patch' : from === undefined ? 'start-run' : 'go-on'),
  apply: (state, { jobId, settles }) => {
    const { pixelMask, frame } = (settles && state.openCandidates) ?? state
    return { ...state, openCandidates: { jobId, pixelMask, frame, patch: null } }
  },
})
