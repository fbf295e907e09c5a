import { EDIT_LIST_STRINGS, type EditId } from '../../electron/api/strings/edits.ts'
import { canStart, readEditCanvas } from '../document/which-edit.ts'
import { selectPack } from '../engine/library-store.ts'
import { canPackEdit, findWhichEdit } from '../engine/use-which-edit.ts'
import { editWordsWith, labelEdit } from '../panels/edit-words.ts'
import type { EditorSession, Program } from './program.ts'

/** What Enter starts now, and on what. */
export function readChoice(program: Program, session: EditorSession) {
  const canvas = readEditCanvas(session.store.getState().document)
  const pack = selectPack(program.engine.library.getState())
  return { canvas, pack, which: findWhichEdit(canvas, session.editor.getState(), pack) }
}

/** Switches to another edit than the one proposed. */
export function chooseEdit(program: Program, session: EditorSession, id: EditId): void {
  const { canvas, which, pack } = readChoice(program, session)
  const [insteadOf] = which.offers
  if (insteadOf === undefined) return
  session.editor.change({ chosenEdit: { id, insteadOf } })
  const words = editWordsWith(pack, id, session.editor.getState().editOptions)
  program.store.announce(EDIT_LIST_STRINGS.chosen(labelEdit(words, canvas)))
}

/** @param step  1 = the next edit that can be done, −1 = the one before; round and round. */
export function switchEdit(program: Program, session: EditorSession, step: 1 | -1): void {
  const { which, pack } = readChoice(program, session)
  const possible = which.offers.filter((id) => canStart(id, (kind) => canPackEdit(pack, kind)))
  const next = possible.at((possible.indexOf(which.id) + step) % possible.length)
  if (next !== undefined && next !== which.id) chooseEdit(program, session, next)
}

/** Whether there is another edit to switch to. */
export function hasChoice(session: EditorSession): boolean {
  return session.store.getState().document.bounds !== null
}
