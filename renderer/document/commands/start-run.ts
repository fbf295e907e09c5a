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
  }),
  label: ({ from }) => (from === undefined ? 'start-run' : 'go-on'),
  apply: (state, { jobId }) => ({
    ...state,
    openCandidates: { jobId, pixelMask: state.pixelMask, frame: state.frame },
  }),
})
