import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { Receipt } from '../../electron/api/jobs.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { joinClasses } from '../ui/class-names.ts'
import { Tooltip } from '../ui/Tooltip.tsx'
import styles from './CandidateTray.module.css'

/** How much of the picture an edit left as it was, by comparison. */
export function ReceiptLine({ receipt }: { receipt: Receipt }) {
  const isStray = receipt.strayPixelCount > 0
  const Icon = isStray ? TriangleAlert : ShieldCheck
  return (
    <Tooltip label={CANDIDATE_STRINGS.receiptHint}>
      <p className={joinClasses(styles.receipt, isStray && styles.stray)}>
        <Icon size={14} />
        {isStray ? CANDIDATE_STRINGS.receiptStray(receipt.strayPixelCount) : CANDIDATE_STRINGS.receipt(receipt)}
      </p>
    </Tooltip>
  )
}
