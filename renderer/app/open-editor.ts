import { documentViewSchema, type DocumentView, type OpenedDocument } from '../../electron/api/documents.ts'
import { createViewportStore, type InitialView, type ViewportStore } from '../canvas/viewport-store.ts'
import { TOOL_IDS } from '../canvas/tools/tool.ts'
import { openDocumentStore } from '../document/document-store.ts'
import { deferNotices } from '../engine/deferred-store.ts'
import { createEditorStore, type EditorState, type EditorStore } from '../engine/editor-store.ts'
import { createLooksStore } from '../engine/looks-store.ts'
import { downloadMask, uploadMask } from '../engine/mask-transfer.ts'
import { watchLooks } from './looks.ts'
import { isWanted, type EditorSession, type Program } from './program.ts'
import { keepEstimate } from './keep-estimate.ts'
import { watchOpenJob } from './watch-open-job.ts'

/** After the last change of view, tool or prompt. A crash loses no more than this of them; strokes are written at once. */
const VIEW_DELAY_MS = 400

/** Makes the window's session of a document the engine has opened for it. */
export async function openEditor(program: Program, opened: OpenedDocument): Promise<EditorSession> {
  const { client, jobs } = program.engine
  const { id } = opened.summary
  jobs.putJobs(opened.jobs)
  const store = await openDocumentStore({
    lines: opened.lines,
    appendLine: (line) => client.appendLine(id, line),
    loadMaskTiles: (imageId) => downloadMask(client, imageId),
    storeMask: (tiles, bounds) => uploadMask(client, tiles, bounds),
  })
  const viewport = createViewportStore(readViewport(opened.view))
  const editor = createEditorStore(readEditor(opened.view))
  const session = { id, store, shown: deferNotices(store), viewport, editor, looks: createLooksStore() }
  const view = keepView(session, (next) => client.putView(id, next))
  const stopWatching = watchOpenJob(program, session)
  const stopLooking = watchLooks(session)
  const stopEstimating = keepEstimate(program, session)
  const leave = async () => {
    await whenStarted(editor)
    // Not before everything is on disk: closing gives the document to other windows.
    await Promise.allSettled([store.whenSaved(), view.dispose()])
    if (!isWanted(program, id)) await client.closeDocument(id).catch(() => {})
    store.dispose()
  }
  return {
    ...session,
    dispose() {
      stopWatching()
      stopLooking()
      stopEstimating()
      session.shown.dispose()
      void leave()
    },
  }
}

/** Fulfils when no run is being started: its line still goes into the document. */
function whenStarted(editor: EditorStore): Promise<void> {
  if (!editor.getState().isStarting) return Promise.resolve()
  return new Promise((resolve) => {
    const end = editor.subscribe(({ isStarting }) => {
      if (isStarting) return
      end()
      resolve()
    })
  })
}

function readViewport(view: DocumentView | null): InitialView {
  if (view === null) return {}
  const tool = TOOL_IDS.find((toolId) => toolId === view.tool)
  // Before the first picture there is nothing to look at: the page is fitted again.
  const place = view['isFitted'] === true ? {} : { zoom: view.zoom, centre: { x: view.centreX, y: view.centreY } }
  return { ...place, ...(tool && { tool }), ...(view['viewport'] as InitialView | undefined) }
}

function readEditor(view: DocumentView | null): Partial<EditorState> {
  if (view === null) return {}
  return { prompt: view.prompt, ...(view['editor'] as Partial<EditorState> | undefined) }
}

type ViewedSession = Pick<EditorSession, 'id'> & { viewport: ViewportStore; editor: EditorStore }

function describeView({ viewport, editor }: ViewedSession): DocumentView {
  const { zoom, centre, tool, isFitted, ...rest } = viewport.getState()
  const { brushSize, brushHardness, isPressureUsed, isMaskVisible, areCellsVisible } = rest
  const { prompt, options, editOptions, chosenEdit, isHistoryOpen, isBestFirst } = editor.getState()
  return documentViewSchema.parse({
    zoom,
    centreX: centre.x,
    centreY: centre.y,
    tool,
    prompt,
    isFitted,
    viewport: { brushSize, brushHardness, isPressureUsed, isMaskVisible, areCellsVisible },
    editor: { options, editOptions, chosenEdit, isHistoryOpen, isBestFirst },
  })
}

/** Keeps what the window shows beside the document, so that it opens as it was left. */
function keepView(session: ViewedSession, save: (view: DocumentView) => Promise<void>) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let saved = JSON.stringify(describeView(session))
  const flush = async () => {
    clearTimeout(timer)
    const view = describeView(session)
    const text = JSON.stringify(view)
    if (text === saved) return
    saved = text
    // Not worth a message: the next change tries again.
    await save(view).catch(() => {
      saved = ''
    })
  }
  const plan = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), VIEW_DELAY_MS)
  }
  const ends = [session.viewport.subscribe(plan), session.editor.subscribe(plan)]
  return {
    /** Fulfils when the last view is kept. */
    dispose(): Promise<void> {
      ends.forEach((end) => end())
      return flush()
    },
  }
}
