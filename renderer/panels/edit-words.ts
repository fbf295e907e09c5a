import { EDIT_STRINGS, type EditId, type EditWords } from '../../electron/api/strings/edits.ts'
import type { PackSummary } from '../../electron/api/packs.ts'

/** What is said of an edit with a pack: one that follows instructions is asked in other words. */
export function editWordsWith(pack: Pick<PackSummary, 'takesReference'> | null, id: EditId): EditWords {
  const words: EditWords = EDIT_STRINGS[id]
  return pack?.takesReference ? { ...words, ...words.instructed } : words
}
