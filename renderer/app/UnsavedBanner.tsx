import { TriangleAlert } from 'lucide-react'
import { CONNECTION_STRINGS as STRINGS } from '../../electron/api/strings/connection.ts'
import { useDocumentState, useSession } from '../engine/document-session.tsx'
import { useConnection } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import styles from './EditorScreen.module.css'

/** While the disk does not take what was done. Where the engine is away altogether, the other banner says enough. */
export function UnsavedBanner() {
  const { store } = useSession()
  const saving = useDocumentState((state) => state.saving)
  if (useConnection() === 'lost' || saving.kind !== 'unsaved') return null
  return (
    <div className={styles.banner} role="alert">
      <TriangleAlert size={17} />
      <p>
        <strong>{STRINGS.unsaved(saving.lineCount)}</strong> <span>{saving.message}</span> <span>{STRINGS.unsavedDetail}</span>
      </p>
      <Button onClick={() => store.retrySaving()}>{STRINGS.tryNow}</Button>
    </div>
  )
}
