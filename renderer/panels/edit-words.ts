import { EDIT_STRINGS, type EditId, type EditWords } from '../../electron/api/strings/edits.ts'
import type { PackSummary } from '../../electron/api/packs.ts'
import { type EditOptions, optionsKindOf } from '../document/edits/edit.ts'
import { EDITS } from '../document/edits/edits.ts'
import type { EditCanvas } from '../document/which-edit.ts'
import type { EditorState } from '../engine/editor-store.ts'

/**
 * What is said of an edit: one that follows an instruction is asked for in other words. As the engine has it, a share that was
 * chosen is for changing a little at a time, whatever the pack can.
 */
export function editWordsWith(
  pack: Pick<PackSummary, 'takesReference'> | null,
  id: EditId,
  editOptions: EditorState['editOptions'],
): EditWords {
  const words: EditWords = EDIT_STRINGS[id]
  const kind = optionsKindOf(EDITS[id])
  const { share = null }: EditOptions = (kind && editOptions[kind]) ?? {}
  return pack?.takesReference && share === null ? { ...words, ...words.instructed } : words
}

/** What an edit is called on a canvas. */
export function labelEdit({ label }: EditWords, { maskBounds, frame }: EditCanvas): string {
  return label({ isMasked: maskBounds !== null, sides: frame?.sides ?? [] })
}
