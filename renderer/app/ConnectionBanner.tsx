import { CONNECTION_STRINGS as STRINGS } from '../../electron/api/strings/connection.ts'
import { useActions } from '../panels/editor-actions.ts'
import { useConnection } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Progress.tsx'
import styles from './EditorScreen.module.css'

/** While the engine does not answer. What is done meanwhile waits in memory and is written when it is back. */
export function ConnectionBanner() {
  const { reconnect } = useActions()
  if (useConnection() !== 'lost') return null
  return (
    <div className={styles.banner} role="status">
      <Spinner />
      <p>
        <strong>{STRINGS.reconnecting}</strong> <span>{STRINGS.reconnectingDetail}</span>
      </p>
      <Button onClick={reconnect}>{STRINGS.tryNow}</Button>
    </div>
  )
}
