import { useCallback } from 'react'
import type { EditId, EditWords } from '../../electron/api/strings/edits.ts'
import { useEditorState } from '../engine/document-session.tsx'
import { usePack } from '../engine/engine-hooks.ts'
import { editWordsWith } from './edit-words.ts'

/** What is said of edits, kept up with pack and options. */
export function useEditWords(): (id: EditId) => EditWords {
  const pack = usePack()
  const editOptions = useEditorState((state) => state.editOptions)
  return useCallback((id) => editWordsWith(pack, id, editOptions), [pack, editOptions])
}
