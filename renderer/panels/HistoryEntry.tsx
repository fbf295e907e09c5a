import { Blend, Brush, Circle, Crop, Eraser, Frame, GitBranch, Lasso, Merge, Play, SquareDashed, X, type LucideIcon } from 'lucide-react'
import type { HistoryLabel } from '../../electron/api/strings/history.ts'
import { HISTORY_STRINGS } from '../../electron/api/strings/history.ts'
import { HISTORY_PANEL_STRINGS as STRINGS } from '../../electron/api/strings/candidates.ts'
import type { Job } from '../../electron/api/jobs.ts'
import { pictureOf } from '../document/document.ts'
import type { HistoryItem } from '../document/history.ts'
import { useSession } from '../engine/document-session.tsx'
import { useJob } from '../engine/engine-hooks.ts'
import { joinClasses } from '../ui/class-names.ts'
import { PromptWords } from './PromptWords.tsx'
import { PictureThumbnail } from './PictureThumbnail.tsx'
import { ReceiptLine } from './ReceiptLine.tsx'
import { SiblingCandidates } from './SiblingCandidates.tsx'
import styles from './HistoryPanel.module.css'

/** Where there is no picture to show; a dot for the rest. */
const ICONS: Partial<Record<HistoryLabel, LucideIcon>> = {
  'paint-mask': Brush,
  'erase-mask': Eraser,
  'mask-rectangle': SquareDashed,
  'unmask-rectangle': SquareDashed,
  'mask-lasso': Lasso,
  'unmask-lasso': Lasso,
  'set-frame': Frame,
  'clear-frame': Frame,
  'crop': Crop,
  'start-run': Play,
  'patch-cells': Blend,
  'settle-patch': Merge,
  'dismiss-candidates': X,
}

/** More lanes than these are not told apart by their indent. */
const MAX_LANE = 4
const THUMBNAIL_SIZE = 34

/** @param props.item  null for the document as it began. */
export function HistoryEntry({ item, isHead }: { item: HistoryItem | null; isHead: boolean }) {
  const { store } = useSession()
  const state = store.stateAt(item?.id ?? null)
  const before = item === null ? null : store.stateAt(item.parent)
  const picture = pictureOf(state)
  const isPictureNew = before !== null && picture !== null && picture !== pictureOf(before)
  const wasAccepted = before !== null && state.accepted !== before.accepted && isPictureNew ? state.accepted : null
  const job = useJob(wasAccepted?.jobId ?? (item?.label === 'start-run' ? (state.openCandidates?.jobId ?? null) : null))
  const isOffLine = item !== null && !item.isOnLine
  const Icon = isOffLine ? GitBranch : ((item && ICONS[item.label]) ?? Circle)
  return (
    <li className={styles.row} style={{ ['--lane' as string]: Math.min(MAX_LANE, item?.lane ?? 0) }}>
      <button
        type="button"
        className={joinClasses(styles.entry, isHead && styles.current, isOffLine && styles.offLine)}
        aria-current={isHead}
        title={isOffLine ? STRINGS.branch : undefined}
        onClick={() => store.jumpTo(item?.id ?? null)}
      >
        {isPictureNew && state.bounds ? (
          <PictureThumbnail className={styles.thumbnail} imageId={picture} rect={state.bounds} size={THUMBNAIL_SIZE} />
        ) : (
          <span className={styles.icon}>
            <Icon size={Icon === Circle ? 7 : 15} />
          </span>
        )}
        <span className={styles.label}>
          {labelEntry(item, job)}
          {job?.request.prompt && <span className={styles.prompt}>{job.request.prompt}</span>}
        </span>
      </button>
      {wasAccepted?.receipt && (
        <div className={styles.receipt}>
          <ReceiptLine receipt={wasAccepted.receipt} />
        </div>
      )}
      {isHead && job && wasAccepted && (
        <div className={styles.words}>
          <PromptWords jobId={job.id} index={wasAccepted.index} prompt={job.request.prompt} />
        </div>
      )}
      {item && job && wasAccepted && <SiblingCandidates entryId={item.id} job={job} acceptedIndex={wasAccepted.index} />}
    </li>
  )
}

/** A run is called after its edit too, once that is known. */
function labelEntry(item: HistoryItem | null, job: Job | null): string {
  if (item === null) return STRINGS.start
  if (item.label !== 'start-run' || job === null) return HISTORY_STRINGS[item.label]
  return STRINGS.run(HISTORY_STRINGS[`accept-${job.request.kind}`])
}
