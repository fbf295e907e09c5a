import { createContext, useContext } from 'react'
import type { Analyses } from './analyses.ts'
import type { EngineClient } from './engine-client.ts'
import type { InstallStore } from './install-store.ts'
import type { JobStore } from './job-store.ts'
import type { LibraryStore } from './library-store.ts'
import type { EngineTileSource } from './tile-source.ts'

/** What of the engine every panel may use. */
export interface EngineAccess {
  readonly client: EngineClient
  readonly jobs: JobStore
  readonly library: LibraryStore
  readonly installs: InstallStore
  readonly analyses: Analyses
  readonly tiles: EngineTileSource
  readonly reconnect: () => void
}

export const EngineContext = createContext<EngineAccess | null>(null)

export function useEngine(): EngineAccess {
  const access = useContext(EngineContext)
  if (access === null) throw new Error('useEngine outside of EngineContext')
  return access
}
