import { z } from 'zod'

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  packId: z.string().nullable().default(null),
  /** 0 = as many as the machine has cores. */
  threadCount: z.number().int().min(0).max(64).default(0),
  /** Budget for loaded graphs and cached pixels, in MiB. 0 = half of the machine's memory. */
  memoryMiB: z.number().int().min(0).default(0),
  /** Which host `npm start` opens. */
  host: z.enum(['auto', 'desktop', 'browser']).default('auto'),
  keepRecipeInFiles: z.boolean().default(true),
  keepGpsInFiles: z.boolean().default(false),
})
export type Settings = z.infer<typeof settingsSchema>
