import { z } from 'zod'
import { PackError } from '../../importing/pack-error.ts'
import { fileNameSchema, type Pack } from '../../importing/pack.ts'

const width = () => z.number().int().min(2).multipleOf(2)

/** `familySettings` in the pack.json of this family. */
const meissonicSettingsSchema = z.object({
  /** The graph of all that does not change from step to step. */
  conditioning: fileNameSchema,
  headWidth: width(),
  rotaryWidths: z.tuple([width(), width(), width()]),
  /** How many cells along a side the layers see as one. */
  gridShrink: z.union([z.literal(1), z.literal(2)]),
})
export type MeissonicSettings = z.infer<typeof meissonicSettingsSchema>

/** @throws {PackError} 'description-invalid' */
export function readMeissonicSettings({ familySettings, files }: Pack): MeissonicSettings {
  const parsed = meissonicSettingsSchema.safeParse(familySettings)
  if (!parsed.success) throw new PackError('description-invalid', 'pack.json', z.prettifyError(parsed.error))
  const { conditioning } = parsed.data
  if (!files.some(({ path }) => path === conditioning)) {
    throw new PackError('description-invalid', 'pack.json', `${conditioning} is used and not listed in "files"`)
  }
  return parsed.data
}
