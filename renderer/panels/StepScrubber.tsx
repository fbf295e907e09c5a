import { GitBranch } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { Candidate, Job } from '../../electron/api/jobs.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { Button } from '../ui/Button.tsx'
import { Slider } from '../ui/Slider.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { useActions } from './editor-actions.ts'
import styles from './CandidateTray.module.css'

/** Fewer leave nothing to go back to. */
const MIN_STEPS = 2

/** Drags a candidate back through its decode steps, and goes on from there. */
export function StepScrubber({ job, candidate }: { job: Job; candidate: Candidate }) {
  const { editor } = useSession()
  const { run, keysOf } = useActions()
  const scrub = useEditorState((state) => state.scrub)
  const stepCount = candidate.trail?.stepCount ?? 0
  if (stepCount < MIN_STEPS) return null
  const { index } = candidate
  const step = scrub?.jobId === job.id && scrub.index === index ? scrub.step : stepCount
  const show = (next: number) => editor.change({ scrub: next === stepCount ? null : { jobId: job.id, index, step: next } })
  // The arrows are the slider's here, not the candidates'.
  const keep = (event: KeyboardEvent) => /^(Arrow|Home|End|Page)/.test(event.key) && event.stopPropagation()
  return (
    <div className={styles.scrubber} onKeyDown={keep}>
      <div className={styles.scrubLine}>
        <span>{CANDIDATE_STRINGS.steps}</span>
        <Slider
          label={CANDIDATE_STRINGS.steps}
          value={step}
          min={1}
          max={stepCount}
          valueText={CANDIDATE_STRINGS.stepValue(step, stepCount)}
          onChange={show}
        />
      </div>
      {step < stepCount && (
        <Tooltip label={CANDIDATE_STRINGS.goOnHint} keys={keysOf('run.branch')}>
          <Button onClick={() => run('run.branch')}>
            <GitBranch size={15} />
            {CANDIDATE_STRINGS.goOn}
          </Button>
        </Tooltip>
      )}
    </div>
  )
}
