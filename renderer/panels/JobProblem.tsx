import { RotateCcw, TriangleAlert } from 'lucide-react'
import type { Job } from '../../electron/api/jobs.ts'
import { RUN_STRINGS } from '../../electron/api/strings/prompt.ts'
import { Button } from '../ui/Button.tsx'
import { useActions } from './editor-actions.ts'
import styles from './CandidateTray.module.css'

/** A run that failed or was cut off: what happened, and a way to have it made after all. */
export function JobProblem({ job }: { job: Job }) {
  const { retryRun, dismissCandidates } = useActions()
  if (job.state !== 'failed' && job.state !== 'interrupted') return null
  const isInterrupted = job.state === 'interrupted'
  return (
    <div className={styles.problem} role="alert">
      <TriangleAlert size={18} />
      <p className={styles.problemText}>
        <strong>{isInterrupted ? RUN_STRINGS.interruptedTitle : RUN_STRINGS.failedTitle}</strong>
        <span>{job.error?.message ?? (isInterrupted ? RUN_STRINGS.interruptedDetail : '')}</span>
      </p>
      <div className={styles.problemActions}>
        <Button kind="ghost" onClick={dismissCandidates}>
          {RUN_STRINGS.dismiss}
        </Button>
        <Button kind="primary" onClick={() => retryRun(job.id)}>
          <RotateCcw size={14} />
          {RUN_STRINGS.retry}
        </Button>
      </div>
    </div>
  )
}
