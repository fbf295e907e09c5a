import { EngineError } from '../api/errors.ts'
import type { PackSummary } from '../api/packs.ts'
import { PACK_ERRORS } from '../api/strings/jobs.ts'
import { read, type EngineSession } from './engine-session.ts'

/** The pack that is asked for, else the one in use. Throws EngineError `pack-not-installed`. */
export async function findPack({ client }: EngineSession, packId: string | null): Promise<PackSummary> {
  const [packs, settings] = await Promise.all([read(client.packs.$get()), read(client.settings.$get())])
  const usable = (packs as PackSummary[]).filter(({ problem }) => problem === null)
  const found = usable.find(({ id }) => id === (packId ?? settings.packId)) ?? (packId === null ? usable[0] : undefined)
  if (found !== undefined) return found
  throw new EngineError('pack-not-installed', packId === null ? PACK_ERRORS.none : PACK_ERRORS.notInstalled(packId, usable.map(({ id }) => id).join(', ')))
}
