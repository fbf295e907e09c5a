import type { Job } from '../../electron/api/jobs.ts'
import { RUN_STRINGS } from '../../electron/api/strings/prompt.ts'
import { useEditorState } from '../engine/document-session.tsx'
import { useModelState } from '../engine/engine-hooks.ts'
import { Button } from '../ui/Button.tsx'
import { Progress } from '../ui/Progress.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { useActions } from './editor-actions.ts'
import styles from './PromptBox.module.css'

/** How far the run is, and the two ways to end it. */
export function RunProgress({ job }: { job: Job }) {
  const { stopRun, keysOf } = useActions()
  const isStopping = useEditorState((state) => state.isStopping)
  const model = useModelState()
  const { step, stepCount, secondsLeft, phase } = job
  const hasSteps = phase === 'predicting' || phase === 'decoding'
  const share = phase === 'loading' ? model.progress : hasSteps && stepCount > 0 ? step / stepCount : null
  const phaseText = isStopping ? RUN_STRINGS.stopping : RUN_STRINGS.phases[phase]
  return (
    <div className={styles.run}>
      <Progress label={RUN_STRINGS.progressLabel} share={share} />
      <div className={styles.runLine}>
        <p className={styles.runText}>
          <strong>{phaseText}</strong>
          {hasSteps && ` · ${RUN_STRINGS.step(step, stepCount)}`}
          {hasSteps && secondsLeft !== null && ` · ${RUN_STRINGS.secondsLeft(secondsLeft)}`}
        </p>
        <Tooltip label={RUN_STRINGS.keepHint}>
          <Button className={styles.round} kind="ghost" disabled={isStopping || step === 0} onClick={() => stopRun(true)}>
            {RUN_STRINGS.keep}
          </Button>
        </Tooltip>
        <Tooltip label={RUN_STRINGS.cancelHint} keys={keysOf('run.cancel')}>
          <Button className={styles.round} disabled={isStopping} onClick={() => stopRun(false)}>
            {RUN_STRINGS.cancel}
          </Button>
        </Tooltip>
      </div>
    </div>
  )
}
