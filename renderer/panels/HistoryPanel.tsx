import { useEffect, useMemo, useRef } from 'react'
import { Redo2, Undo2, X } from 'lucide-react'
import { HISTORY_PANEL_STRINGS as STRINGS } from '../../electron/api/strings/candidates.ts'
import { useDocumentState, useSession } from '../engine/document-session.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { CommandButton } from './CommandButton.tsx'
import { HistoryEntry } from './HistoryEntry.tsx'
import styles from './HistoryPanel.module.css'

/** Everything ever done to the document. Going back loses nothing: what is done then opens a branch. */
export function HistoryPanel() {
  const { store, editor } = useSession()
  const headId = useDocumentState((state) => state.headId)
  // Undo and redo may lead to a head that was there before, so the document tells of new entries too.
  const document = useDocumentState((state) => state.document)
  const items = useMemo(() => store.listHistory(), [store, headId, document])
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.querySelector('li:has([aria-current="true"])')?.scrollIntoView({ block: 'nearest' })
  }, [headId])
  return (
    <aside className={styles.panel} aria-label={STRINGS.title}>
      <header className={styles.head}>
        <h2 className={styles.title}>{STRINGS.title}</h2>
        <CommandButton command="edit.undo" size="small">
          <Undo2 size={15} />
        </CommandButton>
        <CommandButton command="edit.redo" size="small">
          <Redo2 size={15} />
        </CommandButton>
        <IconButton label={STRINGS.close} size="small" onClick={() => editor.change({ isHistoryOpen: false })}>
          <X size={15} />
        </IconButton>
      </header>
      {items.length === 0 ? (
        <p className={styles.empty}>{STRINGS.empty}</p>
      ) : (
        <ol ref={list} className={styles.list} tabIndex={-1}>
          <HistoryEntry item={null} isHead={headId === null} />
          {items.map((item) => (
            <HistoryEntry key={item.id} item={item} isHead={item.isHead} />
          ))}
        </ol>
      )}
    </aside>
  )
}
