import { choosePictures, showStart, startDocument } from '../documents.ts'
import { copyPicture, pasteFromClipboard } from '../pictures.ts'
import { attempt } from '../report-error.ts'
import { hasPicture, onSession, type CommandAction } from './command-action.ts'

export const FILE_COMMANDS = {
  'file.new': { run: (program) => attempt(program, async () => void (await startDocument(program))), isForFields: true },
  'file.open': { run: choosePictures, isForFields: true },
  'file.documents': { run: showStart, isForFields: true },
  'file.export': { ...onSession((_, { store }) => store.openDialog('export'), hasPicture), isForFields: true },
  'edit.undo': onSession(
    // What is under way is what was done last.
    ({ store, editor }) => (editor.getState().maskWork?.cancel ?? store.undo)(),
    ({ store }) => store.getState().undoLabel !== null,
  ),
  'edit.redo': onSession(
    ({ store }) => store.redo(),
    ({ store }) => store.getState().redoLabel !== null,
  ),
  'edit.copy': onSession((_, program) => attempt(program, () => copyPicture(program)), hasPicture),
  'edit.paste': { run: (program) => attempt(program, () => pasteFromClipboard(program)) },
} satisfies Record<string, CommandAction>
