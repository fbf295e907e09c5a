import type { Job } from '../../electron/api/jobs.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { usePreview } from '../engine/engine-hooks.ts'
import { joinClasses } from '../ui/class-names.ts'
import { candidateRect } from './candidate-rect.ts'
import { PictureThumbnail } from './PictureThumbnail.tsx'
import { PreviewThumbnail } from './PreviewThumbnail.tsx'
import styles from './CandidateTray.module.css'

/** Of a card, in CSS pixels: the picture fills it. */
const CARD_SIZE = 160

interface CandidateCardProps {
  job: Job
  index: number
  /** Where it stands, from 0: what it is called. */
  place: number
  isShown: boolean
  onShow: () => void
  onAccept: () => void
}

/** One candidate: pointing at it lays it over the canvas, a click makes it the picture. */
export function CandidateCard({ job, index, place, isShown, onShow, onAccept }: CandidateCardProps) {
  const candidate = job.candidates.find((one) => one.index === index)
  const preview = usePreview(job.id, index)
  const isForming = candidate === undefined && job.phase !== 'ended'
  const { name, forming, waiting } = CANDIDATE_STRINGS
  return (
    <button
      type="button"
      className={joinClasses(styles.candidate, isShown && styles.shown, isForming && styles.forming)}
      data-candidate={index}
      tabIndex={isShown ? 0 : -1}
      aria-label={candidate ? name(place) : preview ? forming(place) : waiting(place)}
      aria-current={isShown}
      onPointerEnter={onShow}
      onFocus={onShow}
      onClick={onAccept}
    >
      {candidate ? (
        <PictureThumbnail
          className={styles.picture}
          imageId={candidate.imageId}
          rect={candidateRect(job, candidate)}
          size={CARD_SIZE}
        />
      ) : (
        preview && <PreviewThumbnail className={styles.picture} raster={preview} />
      )}
      <span className={styles.number} aria-hidden>
        {place + 1}
      </span>
      {candidate?.isPartial && <span className={styles.partial}>{CANDIDATE_STRINGS.partial}</span>}
    </button>
  )
}
