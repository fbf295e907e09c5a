import { createStore } from 'zustand/vanilla'
import type { EngineError } from '../../electron/api/errors.ts'
import type { EditorSession } from './program.ts'

export type Screen =
  | { readonly kind: 'start' }
  | { readonly kind: 'opening'; readonly id: string }
  | { readonly kind: 'editor'; readonly session: EditorSession }
  /** The document cannot be shown here. */
  | { readonly kind: 'refused'; readonly id: string; readonly error: EngineError }

export type DialogName = 'settings' | 'models' | 'shortcuts' | 'palette' | 'export'

export interface Notice {
  readonly id: string
  readonly kind: 'info' | 'success' | 'error'
  readonly title: string
  readonly detail?: string | undefined
  readonly action?: { readonly label: string; readonly onAct: () => void } | undefined
}

export interface AppState {
  readonly screen: Screen
  readonly dialog: DialogName | null
  /** The picture file that is being read; null = none. */
  readonly openingPicture: string | null
  readonly notices: readonly Notice[]
  /** Read out by screen readers. */
  readonly liveText: string
  readonly theme: 'light' | 'dark'
}

export type AppStore = ReturnType<typeof createAppStore>

/** What this window shows besides its document. */
export function createAppStore() {
  const store = createStore<AppState>(() => ({
    screen: { kind: 'start' },
    dialog: null,
    openingPicture: null,
    notices: [],
    liveText: '',
    theme: 'light',
  }))
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    show(screen: Screen) {
      const { screen: before, dialog } = store.getState()
      // What went wrong in a document does not matter outside of it, and its picture cannot be saved there.
      if (before.kind === 'editor') store.setState({ screen, notices: [], dialog: dialog === 'export' ? null : dialog })
      else store.setState({ screen })
      if (before.kind === 'editor' && before !== screen) before.session.dispose()
    },
    showOpening: (openingPicture: string | null) => store.setState({ openingPicture }),
    openDialog: (dialog: DialogName) => store.setState({ dialog }),
    closeDialog: () => store.setState({ dialog: null }),
    announce: (liveText: string) => store.setState({ liveText }),
    setTheme: (theme: AppState['theme']) => store.setState({ theme }),
    /** The same words twice at once would only hide the canvas: the newer one takes the older one's place. */
    notify: (notice: Omit<Notice, 'id'>) =>
      store.setState((state) => ({
        notices: [...state.notices.filter(({ title }) => title !== notice.title), { ...notice, id: crypto.randomUUID() }],
      })),
    dismissNotice: (id: string) =>
      store.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
  }
}
