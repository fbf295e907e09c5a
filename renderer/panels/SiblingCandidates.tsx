import type { Job } from '../../electron/api/jobs.ts'
import { HISTORY_PANEL_STRINGS as STRINGS } from '../../electron/api/strings/candidates.ts'
import { Tooltip } from '../ui/Tooltip.tsx'
import { candidateRect } from './candidate-rect.ts'
import { useActions } from './editor-actions.ts'
import { PictureThumbnail } from './PictureThumbnail.tsx'
import styles from './HistoryPanel.module.css'

const SIZE = 38

/** The candidates of a run that were not accepted: one click goes back and takes another. */
export function SiblingCandidates(props: { entryId: string; job: Job; acceptedIndex: number }) {
  const { entryId, job, acceptedIndex } = props
  const { acceptSibling } = useActions()
  const siblings = job.candidates.filter(({ index }) => index !== acceptedIndex)
  if (siblings.length === 0) return null
  return (
    <div className={styles.siblings} role="group" aria-label={STRINGS.siblings}>
      {siblings.map((candidate, place) => (
        <Tooltip key={candidate.index} label={STRINGS.useSibling(place + 1, siblings.length)}>
          <button
            type="button"
            className={styles.sibling}
            aria-label={STRINGS.useSibling(place + 1, siblings.length)}
            onClick={() => acceptSibling(entryId, candidate.index)}
          >
            <PictureThumbnail imageId={candidate.imageId} rect={candidateRect(job, candidate)} size={SIZE} />
          </button>
        </Tooltip>
      ))}
    </div>
  )
}
