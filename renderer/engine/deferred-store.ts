import type { StoreApi } from 'zustand/vanilla'

type ReadableStore<State> = Pick<StoreApi<State>, 'getState' | 'getInitialState' | 'subscribe'>

export interface DeferredStore<State> extends ReadableStore<State> {
  /** Nothing is told of from now on; a channel that stays open keeps the store in memory for ever. */
  dispose(): void
}

/**
 * The same state, told of in a task of its own, once for all changes of a turn. React draws what it is told at the end of
 * the event that told it: the panels would hold up the pen. Whoever acts on the state reads it from the store itself.
 */
export function deferNotices<State>(store: ReadableStore<State>): DeferredStore<State> {
  const listeners = new Set<Parameters<typeof store.subscribe>[0]>()
  let before: State | undefined
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    const changedFrom = before
    before = undefined
    if (changedFrom !== undefined) for (const listener of [...listeners]) listener(store.getState(), changedFrom)
  }
  const end = store.subscribe((_, previous) => {
    if (before === undefined) port2.postMessage(null)
    before ??= previous
  })
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    dispose() {
      end()
      port1.close()
    },
  }
}
