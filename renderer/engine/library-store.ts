import { createStore } from 'zustand/vanilla'
import type { About } from '../../electron/api/about.ts'
import type { DocumentSummary } from '../../electron/api/documents.ts'
import type { PackSummary } from '../../electron/api/packs.ts'
import { settingsSchema, type Settings } from '../../electron/api/settings.ts'
import type { EngineClient } from './engine-client.ts'

/** What lies in the data folder besides the open document. null = not heard yet. */
export interface LibraryState {
  readonly about: About | null
  readonly documents: readonly DocumentSummary[] | null
  readonly packs: readonly PackSummary[] | null
  readonly settings: Settings
}

export type LibraryStore = ReturnType<typeof createLibraryStore>

type LibraryClient = Pick<EngineClient, 'getAbout' | 'listDocuments' | 'listPacks' | 'getSettings' | 'putSettings'>

export function createLibraryStore(client: LibraryClient) {
  const store = createStore<LibraryState>(() => ({
    about: null,
    documents: null,
    packs: null,
    settings: settingsSchema.parse({}),
  }))
  const refreshPacks = async () => store.setState({ packs: await client.listPacks() })
  const refreshDocuments = async () => store.setState({ documents: await client.listDocuments() })
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    refreshDocuments,
    refreshPacks,
    /** Each part is shown as soon as it is there; the first failure is thrown when all were tried. */
    async refresh() {
      const parts = [
        client.getSettings().then((settings) => store.setState({ settings })),
        refreshPacks(),
        client.getAbout().then((about) => store.setState({ about })),
        refreshDocuments(),
      ]
      const failed = (await Promise.allSettled(parts)).find((part) => part.status === 'rejected')
      if (failed) throw failed.reason
    },
    /** Shown at once, put back where the engine refuses. */
    async changeSettings(change: Partial<Settings>) {
      const before = store.getState().settings
      store.setState({ settings: { ...before, ...change } })
      try {
        store.setState({ settings: await client.putSettings({ ...before, ...change }) })
      } catch (thrown) {
        store.setState({ settings: before })
        throw thrown
      }
    },
  }
}

/** The pack that edits use: the chosen one, else the first that can be used. */
export function selectPack({ packs, settings }: LibraryState): PackSummary | null {
  const usable = packs?.filter(({ problem }) => problem === null)
  return usable?.find((pack) => pack.id === settings.packId) ?? usable?.[0] ?? null
}

/** The pack that should be used and cannot be: the chosen one, or any where none can be used. */
export function selectBrokenPack(state: LibraryState): PackSummary | null {
  const broken = state.packs?.filter(({ problem }) => problem !== null)
  const chosen = broken?.find((pack) => pack.id === state.settings.packId)
  return chosen ?? (selectPack(state) === null ? (broken?.[0] ?? null) : null)
}

/** false while the packs are not known yet. */
export function hasNoPack(state: LibraryState): boolean {
  return state.packs !== null && selectPack(state) === null
}
