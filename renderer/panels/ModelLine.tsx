import { MODEL_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { formatShare } from '../../electron/api/strings/numbers.ts'
import { useEngine } from '../engine/engine-context.tsx'
import { useLibrary, useModelState } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import { joinClasses } from '../ui/class-names.ts'
import { Progress } from '../ui/Progress.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import styles from './ModelLine.module.css'

/** How far the model is loaded; nothing once it is there. */
export function ModelLine() {
  const { client } = useEngine()
  const { state, progress, message, packId } = useModelState()
  const hasNoPack = useLibrary(({ packs }) => packs?.length === 0)
  if (hasNoPack) return <p className={joinClasses(styles.line, styles.failed)}>{MODEL_STRINGS.none}</p>
  if (state === 'failed') {
    return (
      <p className={joinClasses(styles.line, styles.failed)} role="alert">
        <span className={styles.message} title={message ?? MODEL_STRINGS.failed}>
          {message ?? MODEL_STRINGS.failed}
        </span>
        {packId && (
          <Button size="small" onClick={() => void client.loadPack(packId).catch(() => {})}>
            {MODEL_STRINGS.retry}
          </Button>
        )}
      </p>
    )
  }
  if (state !== 'loading') return null
  const text = MODEL_STRINGS.loading(formatShare(progress))
  return (
    <Tooltip label={MODEL_STRINGS.loadingHint} side="bottom">
      <div className={styles.line}>
        <span>{text}</span>
        <div className={styles.bar}>
          <Progress label={text} share={progress} />
        </div>
      </div>
    </Tooltip>
  )
}
