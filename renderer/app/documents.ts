import { EngineError } from '../../electron/api/errors.ts'
import type { DocumentSummary, OpenedDocument } from '../../electron/api/documents.ts'
import type { ImportedImage } from '../../electron/api/images.ts'
import { NOTICE_STRINGS } from '../../electron/api/strings/notices.ts'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import type { PickedPicture } from '../shell/host.ts'
import type { Screen } from './app-store.ts'
import { openEditor } from './open-editor.ts'
import { currentSession, isWanted, type EditorSession, type Program } from './program.ts'
import { attempt, reportError } from './report-error.ts'
import { readRoute, routeTo } from './route.ts'

/** Shows what the address says. */
export function followRoute(program: Program): void {
  const id = readRoute(location.hash)
  const { screen } = program.store.getState()
  if (id === null) {
    if (screen.kind !== 'start') program.store.show({ kind: 'start' })
    attempt(program, () => program.engine.library.refreshDocuments())
  } else if (currentSession(program)?.id !== id) void openDocument(program, id)
}

export function showStart(): void {
  location.hash = routeTo(null)
}

/** Opens a document in this window. Refusals are shown as a page: there is nothing else to show. */
export async function openDocument(program: Program, id: string): Promise<EditorSession | undefined> {
  const { store, engine } = program
  if (location.hash !== routeTo(id)) history.pushState(null, '', routeTo(id))
  const before = currentSession(program)
  if (before) await before.store.whenSaved()
  if (location.hash !== routeTo(id)) return undefined
  const waiting: Screen = { kind: 'opening', id }
  store.show(waiting)
  try {
    return await enterDocument(program, waiting, await engine.client.openDocument(id))
  } catch (thrown) {
    if (store.getState().screen === waiting) store.show({ kind: 'refused', id, error: EngineError.from(thrown) })
    return undefined
  }
}

/** Shows a document the engine has opened, unless the user went elsewhere from `waiting` meanwhile. */
async function enterDocument(program: Program, waiting: Screen, opened: OpenedDocument): Promise<EditorSession | undefined> {
  const { store, engine } = program
  if (store.getState().screen !== waiting) {
    await letGo(program, opened.summary.id)
    return undefined
  }
  const session = await openEditor(program, opened)
  if (store.getState().screen !== waiting) {
    session.dispose()
    return undefined
  }
  store.show({ kind: 'editor', session })
  void engine.library.refreshDocuments().catch(() => {})
  return session
}

/** Gives a document that was opened in vain to other windows. */
async function letGo(program: Program, id: string): Promise<void> {
  if (!isWanted(program, id)) await program.engine.client.closeDocument(id).catch(() => {})
}

/** A window that was closed keeps its document for a few seconds, in case it was reloaded. */
const FREED_AFTER_MS = 1_000

/** Opens a document as soon as the window that has it lets go of it. Returns what ends the waiting. */
export function awaitDocument(program: Program, id: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const plan = () => (timer = setTimeout(() => void look(), FREED_AFTER_MS))
  const look = async () => {
    const opened = await program.engine.client.openDocument(id).catch(() => undefined)
    if (opened === undefined) {
      if (!isOver) plan()
    } else if (isOver) await letGo(program, id)
    else await enterDocument(program, program.store.getState().screen, opened).catch((thrown: unknown) => reportError(program, thrown))
  }
  plan()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}

/** Names of documents made from a prompt stay short enough for a card: so many characters, as a reader counts them. */
const MAX_NAME_LENGTH = 48
const characters = new Intl.Segmenter()

export function nameFromPrompt(prompt: string): string {
  const line = prompt.trim().replace(/\s+/g, ' ')
  // An emoji of several parts, or a letter with its marks, is never cut through.
  const letters = Array.from(characters.segment(line), ({ segment }) => segment)
  if (letters.length <= MAX_NAME_LENGTH) return line || START_SCREEN_STRINGS.untitled
  const cut = letters.slice(0, MAX_NAME_LENGTH)
  const wordsEnd = cut.lastIndexOf(' ')
  // Scripts without spaces are cut where it is long enough.
  return `${cut.slice(0, wordsEnd < MAX_NAME_LENGTH / 2 ? MAX_NAME_LENGTH : wordsEnd).join('').trimEnd()} …`
}

/** Of the pictures that are opened. */
export const PICTURE_EXTENSION = /\.(png|jpe?g|webp|avif|tiff?|gif|heic|bmp)$/i

/** A document is no file: it goes by the file's name without its extension. */
export function nameFromFile(fileName: string): string {
  return fileName.replace(PICTURE_EXTENSION, '').trim() || START_SCREEN_STRINGS.untitled
}

/** Programs in which the user has asked for a new document that is not there yet. */
const starting = new WeakSet<Program>()

/** A new document by a click or a key. A second click while the first one's is being made asks for no other. */
export async function startDocument(program: Program, name?: string): Promise<EditorSession | undefined> {
  if (starting.has(program)) return undefined
  starting.add(program)
  try {
    return await createDocument(program, name)
  } finally {
    starting.delete(program)
  }
}

async function createDocument(program: Program, name?: string): Promise<EditorSession | undefined> {
  const { id } = await program.engine.client.createDocument(name ?? START_SCREEN_STRINGS.untitled)
  return openDocument(program, id)
}

/** Opens a picture: in the open document while that is empty, else as a new one. */
export async function placePicture(program: Program, picture: ImportedImage, isPasted = false): Promise<void> {
  const { imageId, image } = picture
  const name = nameFromFile(picture.name)
  let session = currentSession(program)
  const isNew = session === undefined || session.store.getState().document.bounds !== null
  if (isNew) session = await createDocument(program, name)
  else if (session) await program.engine.client.renameDocument(session.id, name).catch(() => {})
  if (session === undefined) return
  session.store.dispatch({ type: 'place-picture', imageId, bounds: image.bounds, isPasted })
  await program.engine.library.refreshDocuments()
  program.store.announce(isNew ? NOTICE_STRINGS.openedInNew(name) : name)
}

export function importPicture(program: Program, picked: PickedPicture): Promise<ImportedImage> {
  const { client } = program.engine
  return 'fileId' in picked ? client.importChosenFile(picked.fileId) : client.importPicture(picked)
}

/** Opens pictures one after the other; the last one stays in sight. */
export async function openPictures(program: Program, picked: readonly PickedPicture[], isPasted = false): Promise<void> {
  for (const picture of picked) {
    program.store.showOpening('name' in picture ? picture.name : START_SCREEN_STRINGS.chosenPicture)
    try {
      await placePicture(program, await importPicture(program, picture), isPasted)
    } catch (thrown) {
      reportError(program, thrown, { chooseOther: () => choosePictures(program) })
    } finally {
      program.store.showOpening(null)
    }
  }
}

export function choosePictures(program: Program): void {
  attempt(program, async () => openPictures(program, await program.host.choosePictures()))
}

export async function duplicateDocument(program: Program, id: string): Promise<DocumentSummary> {
  const copy = await program.engine.client.duplicateDocument(id)
  await program.engine.library.refreshDocuments()
  return copy
}

export async function renameDocument(program: Program, id: string, name: string): Promise<void> {
  const trimmed = name.trim()
  if (trimmed === '') return
  await program.engine.client.renameDocument(id, trimmed)
  await program.engine.library.refreshDocuments()
}

export async function deleteDocument(program: Program, { id, name }: DocumentSummary): Promise<void> {
  await program.engine.client.deleteDocument(id)
  await program.engine.library.refreshDocuments()
  program.store.notify({ kind: 'success', title: START_SCREEN_STRINGS.deleted(name) })
}
