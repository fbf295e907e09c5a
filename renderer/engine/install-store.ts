import { createStore } from 'zustand/vanilla'
import type { Install } from '../../electron/api/installs.ts'
import type { EngineEvent } from '../../electron/api/jobs.ts'

/** Models on their way to becoming packs, oldest first. */
export interface InstallStoreState {
  readonly installs: readonly Install[]
}

export type InstallStore = ReturnType<typeof createInstallStore>

const isOver = ({ state }: Install) => state === 'done' || state === 'cancelled'

/** What the engine says of installs, as last heard. Written by the event stream and by answers to what this window asked. */
export function createInstallStore() {
  const store = createStore<InstallStoreState>(() => ({ installs: [] }))
  const doneListeners = new Set<(install: Install) => void>()
  const put = (install: Install) => {
    const { installs } = store.getState()
    const others = installs.filter(({ id }) => id !== install.id)
    const next = isOver(install) ? others : [...others, install]
    store.setState({ installs: next.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)) })
    if (install.state === 'done') for (const listener of doneListeners) listener(install)
  }
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    put,
    receive(event: EngineEvent) {
      if (event.type === 'snapshot') store.setState({ installs: event.installs })
      if (event.type === 'install') put(event.install)
    },
    /** @returns what ends the subscription. */
    onDone(listener: (install: Install) => void): () => void {
      doneListeners.add(listener)
      return () => doneListeners.delete(listener)
    },
  }
}
