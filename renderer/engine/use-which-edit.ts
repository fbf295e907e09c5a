import { useMemo } from 'react'
import type { EditKind } from '../../electron/api/edits.ts'
import type { PackSummary } from '../../electron/api/packs.ts'
import { type EditCanvas, readEditCanvas, type WhichEdit, whichEdit } from '../document/which-edit.ts'
import { useDocumentState, useEditorState } from './document-session.tsx'
import type { EditorState } from './editor-store.ts'
import { usePack } from './engine-hooks.ts'

/** What decides which edit Enter starts, besides the canvas. */
type Wish = Pick<EditorState, 'prompt' | 'chosenEdit'>

/** While no pack is known, any edit may be possible. */
export function canPackEdit(pack: PackSummary | null, kind: EditKind): boolean {
  return pack === null || pack.edits.includes(kind)
}

export function findWhichEdit(canvas: EditCanvas, { prompt, chosenEdit }: Wish, pack: PackSummary | null): WhichEdit {
  return whichEdit(canvas, prompt.trim() !== '', chosenEdit, (kind) => canPackEdit(pack, kind))
}

/** What Enter starts, kept up with canvas, words, choice and pack. */
export function useWhichEdit(): { canvas: EditCanvas; which: WhichEdit } {
  const document = useDocumentState((state) => state.document)
  const prompt = useEditorState((state) => state.prompt)
  const chosenEdit = useEditorState((state) => state.chosenEdit)
  const pack = usePack()
  const canvas = useMemo(() => readEditCanvas(document), [document])
  const which = useMemo(() => findWhichEdit(canvas, { prompt, chosenEdit }, pack), [canvas, prompt, chosenEdit, pack])
  return { canvas, which }
}
