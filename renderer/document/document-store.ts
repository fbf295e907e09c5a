import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LogLine, MaskSnapshot } from '../../electron/api/documents.ts'
import type { ImageId } from '../../electron/api/images.ts'
import type { HistoryLabel } from '../../electron/api/strings/history.ts'
import { type DocumentCommand, listNeededMasks, parseCommand } from './commands/commands.ts'
import type { DocumentState } from './document.ts'
import { DocumentHistory, type HistoryItem } from './history.ts'
import { LineWriter, type SaveState } from './line-writer.ts'
import { MaskMemory } from './mask-memory.ts'
import { adoptSnapshots, MaskSnapshots, type StoreMask } from './mask-snapshots.ts'
import { type MaskTiles, NO_TILES, normalizeTiles } from './mask-tiles.ts'
import { finishInTurns, type PiecesControl } from './pieces.ts'

export interface DocumentStoreState {
  readonly document: DocumentState
  /** The entry shown; null = the document as it began. */
  readonly headId: string | null
  /** What undo and redo would do; null where there is nothing. */
  readonly undoLabel: HistoryLabel | null
  readonly redoLabel: HistoryLabel | null
  readonly saving: SaveState
}

export interface DocumentStoreOptions {
  /** The document's log as the engine gave it (`OpenedDocument.lines`). */
  readonly lines: readonly LogLine[]
  /** Writes one line; resolves when it is on disk. Called with one line at a time, in order. */
  readonly appendLine: (line: LogLine) => Promise<void>
  /** The tiles of a `mask8` tile image. */
  readonly loadMaskTiles: (imageId: ImageId) => Promise<MaskTiles>
  /** Stores a pixel mask as a `mask8` tile image: a long document opens from it instead of replaying every stroke. */
  readonly storeMask?: StoreMask
}

export interface DocumentStore extends Pick<StoreApi<DocumentStoreState>, 'getState' | 'getInitialState' | 'subscribe'> {
  /**
   * Does a command as one undo step. A command that changes nothing leaves no step.
   *
   * @param drawnMask  the mask after the command where the caller has drawn it already (a live stroke).
   */
  dispatch(command: DocumentCommand, drawnMask?: MaskTiles): void
  /**
   * The same for a command whose mask may take long to draw: the page stays awake, and the step is there when all of it is.
   * `outdated`: the document went on meanwhile, and stays as it is.
   */
  dispatchInTurns(command: DocumentCommand, control?: PiecesControl): Promise<'done' | 'unchanged' | 'stopped' | 'outdated'>
  /** Makes an uploaded `mask8` image the pixel mask, as one undo step. */
  loadMask(imageId: ImageId): Promise<void>
  undo(): void
  redo(): void
  jumpTo(entryId: string | null): void
  /** Everything ever done, oldest first, for the history panel. */
  listHistory(): readonly HistoryItem[]
  /** The document as it was after an entry: for thumbnails and for "before". */
  stateAt(entryId: string | null): DocumentState
  /** Tries at once what could not be written. */
  retrySaving(): void
  /** Resolves when every line so far is on disk. */
  whenSaved(): Promise<void>
  dispose(): void
}

/**
 * Opens a document from its log. Loaded masks are fetched before it resolves; one that cannot be loaded rejects with what
 * `loadMaskTiles` threw, because going on would draw another mask than the user left.
 */
export async function openDocumentStore(options: DocumentStoreOptions): Promise<DocumentStore> {
  const { history, memory, snapshots, fetchMask } = await replayLog(options)
  const store = createStore<DocumentStoreState>(() => ({ ...describe(history), saving: { kind: 'saved' } }))
  const writer = new LineWriter(options.appendLine, (saving) => store.setState({ saving }))

  const dispatch = (command: DocumentCommand, drawnMask?: MaskTiles) => {
    const line = history.do(command, snapshots?.ready)
    if (line === undefined) return
    snapshots?.markNamed()
    if (drawnMask !== undefined) history.state.pixelMask.adopt(drawnMask)
    record(line)
  }
  const dispatchInTurns: DocumentStore['dispatchInTurns'] = async (command, control) => {
    const drawn = await drawAhead(history, command, control)
    if (typeof drawn === 'string') return drawn
    dispatch(command, drawn)
    return 'done'
  }
  const moveHead = (head: string | null | undefined) => {
    if (head === undefined || head === history.headId || !history.has(head)) return
    const line = { head, at: new Date().toISOString() }
    history.take(line)
    record(line)
  }
  /** The history has moved on by `line`: shows it and sees to it that it is kept. */
  const record = (line: LogLine) => {
    const before = store.getState().document.pixelMask
    writer.write(line)
    store.setState(describe(history))
    const after = history.state.pixelMask
    if (before !== after && before.isDrawn && after.isDrawn) memory.noteDrawn(before.tiles, after.tiles)
    memory.trim(() => history.listMasks())
    const { headId, state } = history
    if (headId !== null && state.bounds !== null) void snapshots?.consider(headId, after, state.bounds)
  }
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: store.subscribe,
    dispatch,
    dispatchInTurns,
    loadMask: async (imageId) => {
      await fetchMask(imageId)
      dispatch({ type: 'load-mask', imageId })
    },
    undo: () => moveHead(history.undoId),
    redo: () => moveHead(history.redoId),
    jumpTo: moveHead,
    listHistory: () => history.list(),
    stateAt: (entryId) => history.stateAt(entryId),
    retrySaving: () => writer.retry(),
    whenSaved: () => writer.whenIdle(),
    dispose: () => writer.dispose(),
  }
}

async function replayLog(options: DocumentStoreOptions) {
  const maskTiles = new Map<ImageId, MaskTiles>()
  const fetchMask = async (imageId: ImageId) => {
    if (!maskTiles.has(imageId)) maskTiles.set(imageId, normalizeTiles(await options.loadMaskTiles(imageId)))
  }
  await Promise.all(listLoadedMasks(options.lines).map(fetchMask))

  const history = new DocumentHistory({ getMaskTiles: (imageId) => maskTiles.get(imageId) ?? NO_TILES })
  for (const line of options.lines) history.take(line)
  const memory = new MaskMemory()
  const snapshots = options.storeMask && new MaskSnapshots(options.storeMask)
  await adoptSnapshots(history, listSnapshots(options.lines), options.loadMaskTiles, (mask, tiles) => {
    snapshots?.note(mask)
    memory.noteDrawn(NO_TILES, tiles)
  })
  await finishInTurns(history.state.pixelMask.draw())
  return { history, memory, snapshots, fetchMask }
}

/** Draws the mask a command would leave, while the document stays as it is. */
async function drawAhead(history: DocumentHistory, command: DocumentCommand, { isStopped, onProgress }: PiecesControl = {}) {
  const before = history.state
  const isOutdated = () => history.state !== before
  const tiles = await finishInTurns(history.preview(command).pixelMask.draw(), {
    isStopped: () => isOutdated() || (isStopped?.() ?? false),
    ...(onProgress && { onProgress }),
  })
  if (isOutdated()) return 'outdated'
  if (tiles === undefined) return 'stopped'
  return tiles === before.pixelMask.tiles ? 'unchanged' : tiles
}

function describe(history: DocumentHistory): Omit<DocumentStoreState, 'saving'> {
  const { state, headId, undoLabel, redoLabel } = history
  return { document: state, headId, undoLabel, redoLabel }
}

function listSnapshots(lines: readonly LogLine[]): MaskSnapshot[] {
  return lines.flatMap((line) => ('entry' in line && line.entry.maskSnapshot ? [line.entry.maskSnapshot] : []))
}

/** Images that commands of the log need before they can be replayed. */
function listLoadedMasks(lines: readonly LogLine[]): ImageId[] {
  const commands = lines.flatMap((line) => ('entry' in line ? (parseCommand(line.entry.command) ?? []) : []))
  return [...new Set(commands.flatMap(listNeededMasks))]
}
