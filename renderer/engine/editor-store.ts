import { createStore } from 'zustand/vanilla'
import type { PixelSize } from '../../electron/api/geometry.ts'

/** What stands under *More*. null = as the pack's defaults say. */
export interface RunOptions {
  readonly count: number
  readonly size: PixelSize | null
  readonly steps: number | null
  readonly guidanceScale: number | null
  readonly negativePrompt: string
  /** The seed of the next run where `isSeedLocked`, else of the last one. */
  readonly seed: number | null
  readonly isSeedLocked: boolean
}

export const DEFAULT_OPTIONS: RunOptions = {
  count: 4,
  size: null,
  steps: null,
  guidanceScale: null,
  negativePrompt: '',
  seed: null,
  isSeedLocked: false,
}

export interface EditorState {
  readonly prompt: string
  readonly options: RunOptions
  /** Which open candidate lies over the canvas; null = none, the canvas itself. */
  readonly shownCandidate: number | null
  readonly isBeforeShown: boolean
  readonly isHistoryOpen: boolean
  /** Between Enter and the engine's first answer. */
  readonly isStarting: boolean
  /** The user asked to stop; the engine has not yet. */
  readonly isStopping: boolean
}

export type EditorStore = ReturnType<typeof createEditorStore>

/** What a window knows of its document besides the document: the prompt being written, what is looked at. Not undoable. */
export function createEditorStore(initial: Partial<EditorState>) {
  const store = createStore<EditorState>(() => ({
    prompt: '',
    options: DEFAULT_OPTIONS,
    shownCandidate: null,
    isBeforeShown: false,
    isHistoryOpen: false,
    isStarting: false,
    isStopping: false,
    ...initial,
  }))
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    change: (change: Partial<EditorState>) => store.setState(change),
    setOptions: (change: Partial<RunOptions>) =>
      store.setState((state) => ({ options: { ...state.options, ...change } })),
    /** Puts another word in the place of one the model does not know. */
    replaceWord: (start: number, end: number, word: string) =>
      store.setState(({ prompt }) => ({ prompt: prompt.slice(0, start) + word + prompt.slice(end) })),
  }
}
