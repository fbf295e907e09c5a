import { z } from 'zod'
import { defineCommand } from './command.ts'

/** Keeps the canvas as it is. The mask stays, so that the same place can be tried again; the candidates stay in the history. */
export const dismissCandidates = defineCommand({
  type: 'dismiss-candidates',
  schema: z.object({ type: z.literal('dismiss-candidates') }),
  label: () => 'dismiss-candidates',
  apply: (state) => (state.openCandidates === null ? state : { ...state, openCandidates: null }),
})
