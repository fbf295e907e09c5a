import type { Family, LoadedPack } from '../families/family.ts'
import type { Session, SessionLoader } from '../runtime/session.ts'
import type { Pack } from './pack.ts'

/** A pack whose graphs can be opened for a while. */
export interface LoadablePack {
  readonly pack: Pack
  /** Absolute. */
  readonly folder: string
  readonly family: Family
  readonly sessions: SessionLoader
}

/** Loads a pack, uses it and lets go of every session: Windows renames no folder of which a file is mapped. */
export async function whileLoaded<Result>(
  { pack, folder, family, sessions }: LoadablePack,
  choice: Pick<SessionLoader, 'precision' | 'adapter'>,
  use: (loaded: LoadedPack) => Promise<Result>,
): Promise<Result> {
  const opened: Session[] = []
  const load: SessionLoader['load'] = async (file, demands) => {
    const session = await sessions.load(file, demands)
    opened.push(session)
    return session
  }
  try {
    return await use(await family.load(pack, folder, { load, ...choice }, () => {}))
  } finally {
    for (const session of opened) await session.dispose()
  }
}
