import { PackError } from '../importing/pack-error.ts'
import type { Pack } from '../importing/pack.ts'
import { amused } from './amused/amused.ts'
import type { Family } from './family.ts'
import { meissonic } from './meissonic/meissonic.ts'
import { muse } from './muse/muse.ts'

export const FAMILIES: readonly Family[] = [muse, amused, meissonic]

/** @throws {PackError} 'family-unknown': the pack is for a newer version, or for another program. */
export function familyOf(pack: Pack): Family {
  const family = FAMILIES.find(({ id }) => id === pack.family)
  if (family === undefined) throw new PackError('family-unknown', null, pack.family)
  return family
}
