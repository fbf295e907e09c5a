import { createStore } from 'zustand/vanilla'
import type { EditKind } from '../../electron/api/edits.ts'
import type { PixelSize } from '../../electron/api/geometry.ts'
import type { ImageId } from '../../electron/api/images.ts'
import type { Crop } from '../../electron/api/token-cells.ts'
import type { HistoryLabel } from '../../electron/api/strings/history.ts'
import type { EditOptions, OptionKey } from '../document/edits/edit.ts'
import type { ChosenEdit } from '../document/which-edit.ts'

/** What stands under *More* for every edit alike. null = as the pack's defaults say. */
export interface RunOptions {
  readonly count: number
  readonly size: PixelSize | null
  readonly negativePrompt: string
  /** The seed of the next run where `isSeedLocked`, else of the last one. */
  readonly seed: number | null
  readonly isSeedLocked: boolean
}

export const DEFAULT_OPTIONS: RunOptions = {
  count: 4,
  size: null,
  negativePrompt: '',
  seed: null,
  isSeedLocked: false,
}

export interface MaskWork {
  readonly label: HistoryLabel
  /** 0–1 */
  readonly share: number
  readonly cancel: () => void
}

export interface Likeness {
  /** What was looked at. */
  readonly imageId: ImageId
  readonly crop: Crop
  readonly tokens: Uint16Array
  /** Of every code from each picked one, in median distances. */
  readonly distances: readonly Float32Array[]
  readonly threshold: number
  /** [rows × columns], 1 = selected. */
  readonly cells: Uint8Array
}

/** Cells under a brush that paints with a candidate, while the pointer is down. */
export interface PatchStroke {
  readonly base: number
  /** What it is painted with; `base` = paint is taken off. */
  readonly index: number
  readonly cells: ReadonlySet<number>
}

export interface Scrub {
  readonly jobId: string
  readonly index: number
  /** Counts from 1. */
  readonly step: number
}

export interface EditorState {
  readonly prompt: string
  readonly options: RunOptions
  /** What was chosen for each kind of edit beyond that. */
  readonly editOptions: Readonly<Partial<Record<EditKind, EditOptions>>>
  /** The edit the user switched to; null = the one that is proposed. */
  readonly chosenEdit: ChosenEdit | null
  readonly isEditListOpen: boolean
  /** Which open candidate lies over the canvas; null = none, the canvas itself. */
  readonly shownCandidate: number | null
  readonly isBeforeShown: boolean
  readonly isHistoryOpen: boolean
  /** Whether the candidates of a run that has ended stand with the best match first. */
  readonly isBestFirst: boolean
  /** The order they stand in, settled once; null = as they were drawn. */
  readonly order: { readonly jobId: string; readonly indexes: readonly number[] } | null
  /** A decode step of a candidate that is looked at instead of its end. */
  readonly scrub: Scrub | null
  /** Cells selected by likeness, not masked yet. */
  readonly likeness: Likeness | null
  readonly isLookingForAlike: boolean
  /** Which candidate one paints with over another; null = the first other one. */
  readonly patchWith: { readonly jobId: string; readonly index: number } | null
  readonly patchStroke: PatchStroke | null
  /** How long what Enter starts would take; null = not known. */
  readonly estimatedSeconds: number | null
  /** Between Enter and the engine's first answer. */
  readonly isStarting: boolean
  /** A change of the mask that takes a while; null = none. */
  readonly maskWork: MaskWork | null
  /** The user asked to stop; the engine has not yet. */
  readonly isStopping: boolean
}

export type EditorStore = ReturnType<typeof createEditorStore>

/** What a window knows of its document besides the document: the prompt being written, what is looked at. Not undoable. */
export function createEditorStore(initial: Partial<EditorState>) {
  const store = createStore<EditorState>(() => ({
    prompt: '',
    options: DEFAULT_OPTIONS,
    editOptions: {},
    chosenEdit: null,
    isEditListOpen: false,
    shownCandidate: null,
    isBeforeShown: false,
    isHistoryOpen: false,
    isBestFirst: true,
    order: null,
    scrub: null,
    likeness: null,
    isLookingForAlike: false,
    patchWith: null,
    patchStroke: null,
    estimatedSeconds: null,
    isStarting: false,
    maskWork: null,
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
    /** An option that is undefined goes back to its default. */
    setEditOptions: (kind: EditKind, change: Partial<{ [K in OptionKey]: EditOptions[K] | undefined }>) =>
      store.setState(({ editOptions }) => {
        const options = Object.entries({ ...editOptions[kind], ...change }).filter(([, value]) => value !== undefined)
        return { editOptions: { ...editOptions, [kind]: Object.fromEntries(options) } }
      }),
  }
}
