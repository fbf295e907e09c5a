import { z } from 'zod'
import { PackError } from '../../importing/pack-error.ts'
import type { Pack } from '../../importing/pack.ts'

const settingsSchema = z.object({
  /** How the graphs take a token grid: `grid` [batch × rows × columns], `row` [batch × rows · columns]. */
  tokenShape: z.enum(['grid', 'row']).default('row'),
})

/** `familySettings` of a muse pack. */
export type MuseSettings = z.infer<typeof settingsSchema>
export type TokenShape = MuseSettings['tokenShape']

/** @throws {PackError} 'description-invalid' */
export function readMuseSettings({ familySettings }: Pack): MuseSettings {
  const parsed = settingsSchema.safeParse(familySettings ?? {})
  if (!parsed.success) throw new PackError('description-invalid', 'pack.json', z.prettifyError(parsed.error))
  return parsed.data
}

interface GridSize {
  readonly rows: number
  readonly columns: number
}

const TOKEN_DIMS: { readonly [Shape in TokenShape]: (grid: GridSize) => number[] } = {
  grid: ({ rows, columns }) => [rows, columns],
  row: ({ rows, columns }) => [rows * columns],
}

/** The axes of a token grid after the batch's. */
export function tokenDims(shape: TokenShape, grid: GridSize): number[] {
  return TOKEN_DIMS[shape](grid)
}
