import { z } from 'zod'
import { PackError } from '../../importing/pack-error.ts'
import { fileNameSchema, type Pack } from '../../importing/pack.ts'

/** `familySettings` in the pack.json of this family. */
const amusedSettingsSchema = z.object({
  /** The graph of all that depends only on the prompt and the picture's size. */
  conditioning: fileNameSchema,
  /** Numbers each of the micro-conditioning's values is encoded to. */
  microWidth: z.number().int().min(2),
})
export type AmusedSettings = z.infer<typeof amusedSettingsSchema>

/** @throws {PackError} 'description-invalid' */
export function readAmusedSettings({ familySettings, files }: Pack): AmusedSettings {
  const parsed = amusedSettingsSchema.safeParse(familySettings)
  if (!parsed.success) throw new PackError('description-invalid', 'pack.json', z.prettifyError(parsed.error))
  const { conditioning } = parsed.data
  if (!files.some(({ path }) => path === conditioning)) {
    throw new PackError('description-invalid', 'pack.json', `${conditioning} is used and not listed in "files"`)
  }
  return parsed.data
}
