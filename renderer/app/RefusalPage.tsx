import { useEffect } from 'react'
import { LayoutGrid } from 'lucide-react'
import type { EngineError } from '../../electron/api/errors.ts'
import { REFUSAL_STRINGS as STRINGS } from '../../electron/api/strings/start-screen.ts'
import { BrandMark } from '../ui/BrandMark.tsx'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Progress.tsx'
import { awaitDocument, duplicateDocument, openDocument, showStart } from './documents.ts'
import type { Program } from './program.ts'
import { attempt } from './report-error.ts'
import styles from './EditorScreen.module.css'

/** Why a document is not shown here, and what to do. */
export function RefusalPage({ program, id, error }: { program: Program; id: string; error: EngineError }) {
  const isElsewhere = error.code === 'document-open-elsewhere'
  useEffect(() => (isElsewhere ? awaitDocument(program, id) : undefined), [program, id, isElsewhere])
  const openCopy = async () => void (await openDocument(program, (await duplicateDocument(program, id)).id))
  return (
    <main className={styles.page}>
      <div className={styles.refusal} role="alert">
        <BrandMark size={36} />
        <h1>{isElsewhere ? STRINGS.openElsewhereTitle : STRINGS.failedTitle}</h1>
        <p>{isElsewhere ? STRINGS.openElsewhereDetail : error.message}</p>
        {isElsewhere && (
          <p className={styles.waiting}>
            <Spinner />
            {STRINGS.waiting}
          </p>
        )}
        <div className={styles.refusalActions}>
          <Button kind="primary" size="large" onClick={() => void openDocument(program, id)}>
            {STRINGS.tryAgain}
          </Button>
          {isElsewhere && (
            <Button size="large" onClick={() => attempt(program, openCopy)}>
              {STRINGS.openCopy}
            </Button>
          )}
          <Button size="large" onClick={showStart}>
            <LayoutGrid size={15} />
            {STRINGS.allDocuments}
          </Button>
        </div>
      </div>
    </main>
  )
}
