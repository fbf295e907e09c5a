import { MODEL_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { formatShare } from '../../electron/api/strings/numbers.ts'
import { useEngine } from '../engine/engine-context.tsx'
import { useLibrary, useModelState, usePack } from '../engine/engine-hooks.ts'
import { hasNoPack, selectBrokenPack, selectPack } from '../engine/library-store.ts'
import { Button } from '../ui/Button.tsx'
import { joinClasses } from '../ui/class-names.ts'
import { Progress } from '../ui/Progress.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import styles from './ModelLine.module.css'

/** How far the model is loaded, or why there is none; nothing once it is there. */
export function ModelLine() {
  const { state, progress, message } = useModelState()
  const pack = usePack()
  const broken = useLibrary(selectBrokenPack)
  const isWithoutPack = useLibrary(hasNoPack)
  if (broken) return <Failure message={MODEL_STRINGS.broken(broken.name, broken.problem ?? '', pack?.name ?? null)} />
  if (isWithoutPack) return <Failure message={MODEL_STRINGS.none} />
  if (state === 'failed') return <Failure message={message ?? MODEL_STRINGS.failed} />
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

/** Trying again looks for packs anew: one may have been installed meanwhile. */
function Failure({ message }: { message: string }) {
  const { client, library } = useEngine()
  const tryAgain = async () => {
    await library.refresh()
    const pack = selectPack(library.getState())
    if (pack) await client.loadPack(pack.id)
  }
  return (
    <p className={joinClasses(styles.line, styles.failed)} role="alert">
      <span className={styles.message} title={message}>
        {message}
      </span>
      <Button size="small" onClick={() => void tryAgain().catch(() => {})}>
        {MODEL_STRINGS.retry}
      </Button>
    </p>
  )
}
