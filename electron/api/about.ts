import { z } from 'zod'

/** Who hosts the engine. */
export const hostKindSchema = z.enum(['desktop', 'browser', 'command-line'])
export type HostKind = z.infer<typeof hostKindSchema>

/** What `GET /about` answers. */
export const aboutSchema = z.object({
  version: z.string(),
  host: hostKindSchema,
  dataFolder: z.string(),
  /** Where a user puts packs; the first of the pack folders. */
  packFolder: z.string(),
  coreCount: z.number().int(),
  memoryMiB: z.number().int(),
})
export type About = z.infer<typeof aboutSchema>
