import { INSPECTION_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import styles from './ModelsDialog.module.css'

interface ModelCardProps {
  licence: string | null
  card: string | null
  emptyText: string
}

/** A model's card as the Markdown it was written in: plain text, so that nothing in it can run or be fetched. */
export function ModelCard({ licence, card, emptyText }: ModelCardProps) {
  return (
    <div className={styles.card} role="region" aria-label={STRINGS.card} tabIndex={0}>
      <p>
        {STRINGS.facts.licence}: {licence ?? STRINGS.noLicence}
      </p>
      <pre>{card ?? emptyText}</pre>
    </div>
  )
}
