import { useState } from 'react'
import { Plus } from 'lucide-react'
import type { DocumentSummary } from '../../electron/api/documents.ts'
import { START_SCREEN_STRINGS as STRINGS } from '../../electron/api/strings/start-screen.ts'
import { useLibrary } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import type { DocumentActions } from './document-actions.ts'
import { DocumentCard } from './DocumentCard.tsx'
import { useActions } from './editor-actions.ts'
import styles from './StartScreen.module.css'

/** Cards that stand for documents while these are not known. */
const SKELETON_COUNT = 4

export function DocumentGrid({ actions }: { actions: DocumentActions }) {
  const { run } = useActions()
  const documents = useLibrary((state) => state.documents)
  const [doomed, setDoomed] = useState<DocumentSummary | null>(null)
  return (
    <section className={styles.documents} aria-busy={documents === null}>
      <header className={styles.sectionHead}>
        <h2>{STRINGS.documents}</h2>
        <span className={styles.count}>{documents && documents.length > 0 && STRINGS.documentCount(documents.length)}</span>
        <Button onClick={() => run('file.new')}>
          <Plus size={15} />
          {STRINGS.newDocument}
        </Button>
      </header>
      {documents?.length === 0 && <p className={styles.empty}>{STRINGS.noDocuments}</p>}
      <ul className={styles.grid}>
        {documents === null
          ? Array.from({ length: SKELETON_COUNT }, (_, i) => <li key={i} className={styles.skeleton} />)
          : documents.map((summary) => (
              <DocumentCard key={summary.id} summary={summary} actions={actions} onDelete={() => setDoomed(summary)} />
            ))}
      </ul>
      <ConfirmDialog
        isOpen={doomed !== null}
        title={STRINGS.deleteTitle(doomed?.name ?? '')}
        description={STRINGS.deleteDetail(doomed?.bytes ?? 0)}
        confirmLabel={STRINGS.delete}
        cancelLabel={STRINGS.cancel}
        onConfirm={() => doomed && actions.delete(doomed)}
        onClose={() => setDoomed(null)}
      />
    </section>
  )
}
