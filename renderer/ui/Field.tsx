import { useId, type ReactNode } from 'react'
import { RotateCcw } from 'lucide-react'
import { IconButton } from './IconButton.tsx'
import styles from './Field.module.css'

export interface FieldProps {
  label: string
  hint?: string | undefined
  /** Shows a button that puts the default back; leave it out while the default stands. */
  reset?: { label: string; onReset: () => void } | undefined
  /** Beside the label, such as the value in words. */
  aside?: ReactNode
  /** Gets the id for the control it labels. */
  children: (controlId: string, hintId: string | undefined) => ReactNode
}

/** A labelled control with a hint in plain words. */
export function Field({ label, hint, reset, aside, children }: FieldProps) {
  const id = useId()
  const hintId = hint === undefined ? undefined : `${id}-hint`
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {aside}
        {reset && (
          <IconButton className={styles.reset} label={reset.label} onClick={reset.onReset}>
            <RotateCcw size={13} />
          </IconButton>
        )}
      </div>
      {children(id, hintId)}
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
