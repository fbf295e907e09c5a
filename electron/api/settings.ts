import { z } from 'zod'
import { PROVIDER_CHOICES } from './providers.ts'

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  packId: z.string().nullable().default(null),
  /** 0 = as many as the machine has cores. */
  threadCount: z.number().int().min(0).max(64).default(0),
  /** Budget for loaded graphs and cached pixels, in MiB. 0 = half of the machine's memory. */
  memoryMiB: z.number().int().min(0).default(0),
  /** What graphs run on. */
  provider: z.enum(PROVIDER_CHOICES).default('auto'),
  /** Which host `npm start` opens. */
  host: z.enum(['auto', 'desktop', 'browser']).default('auto'),
  keepRecipeInFiles: z.boolean().default(true),
  keepGpsInFiles: z.boolean().default(false),
  /** Where models are downloaded from: the Hub or a mirror of it. */
  hubEndpoint: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  /** Through which downloads go; null = as the environment says (HTTPS_PROXY). */
  proxy: z.url({ protocol: /^https?$/ }).nullable().default(null),
})
export type Settings = z.infer<typeof settingsSchema>
