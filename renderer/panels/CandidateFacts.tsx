import { useMemo } from 'react'
import { ArrowDownWideNarrow, Eye, X } from 'lucide-react'
import { orderCandidates } from '../../electron/api/candidate-order.ts'
import type { Job } from '../../electron/api/jobs.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { useEditorState } from '../engine/document-session.tsx'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { BeforeButton } from './BeforeButton.tsx'
import { CommandButton } from './CommandButton.tsx'
import { useActions } from './editor-actions.ts'
import { RecipeButton } from './RecipeButton.tsx'
import { PromptWords } from './PromptWords.tsx'
import { ReceiptLine } from './ReceiptLine.tsx'
import { StepScrubber } from './StepScrubber.tsx'
import styles from './CandidateTray.module.css'

/** What is known of the candidate that is shown, and what can be done with it. */
export function CandidateFacts({ job, index, place }: { job: Job; index: number; place: number }) {
  const { accept, dismissCandidates, copyText } = useActions()
  const candidate = job.candidates.find((one) => one.index === index)
  const isOrdered = useEditorState((state) => state.isBestFirst && state.order?.jobId === job.id)
  const { reason } = useMemo(() => orderCandidates(job.candidates), [job.candidates])
  const seed = candidate?.recipe.request.seed ?? null
  return (
    <div className={styles.foot}>
      <div className={styles.facts}>
        {candidate?.receipt && <ReceiptLine receipt={candidate.receipt} />}
        {candidate && <PromptWords jobId={job.id} index={index} prompt={job.request.prompt} />}
        {job.request.count > 1 && (
          <div className={styles.orderLine}>
            <span className={styles.order}>
              {candidate && isOrdered && reason && CANDIDATE_STRINGS.orderedBy[reason](place, job.candidates.length)}
            </span>
            <BestFirstButton />
          </div>
        )}
        {seed !== null && (
          <Tooltip label={CANDIDATE_STRINGS.copySeed}>
            <button type="button" className={styles.seed} onClick={() => copyText(String(seed))}>
              {CANDIDATE_STRINGS.seed(seed)}
            </button>
          </Tooltip>
        )}
      </div>
      {candidate && <StepScrubber job={job} candidate={candidate} />}
      <div className={styles.buttons}>
        <Tooltip label={CANDIDATE_STRINGS.name(place)} keys={[String(place + 1)]}>
          <Button className={styles.use} kind="primary" disabled={candidate === undefined} onClick={() => accept(index)}>
            {CANDIDATE_STRINGS.accept}
          </Button>
        </Tooltip>
        {candidate && <RecipeButton recipe={candidate.recipe} />}
        <BeforeButton>
          <Eye size={16} />
        </BeforeButton>
        <IconButton label={CANDIDATE_STRINGS.dismiss} keys={['Esc']} onClick={dismissCandidates}>
          <X size={16} />
        </IconButton>
      </div>
    </div>
  )
}

function BestFirstButton() {
  const isBestFirst = useEditorState((state) => state.isBestFirst)
  return (
    <CommandButton command="run.best-first" size="small" isPressed={isBestFirst} pressedLook="switch">
      <ArrowDownWideNarrow size={16} />
    </CommandButton>
  )
}
