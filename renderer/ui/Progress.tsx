import { joinClasses } from './class-names.ts'
import styles from './Progress.module.css'

export interface ProgressProps {
  label: string
  /** 0–1; null when nobody knows. */
  share: number | null
}

export function Progress({ label, share }: ProgressProps) {
  const percent = share === null ? undefined : Math.round(share * 100)
  return (
    <div className={styles.track} role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
      <div
        className={joinClasses(styles.bar, share === null && styles.endless)}
        style={share === null ? undefined : { transform: `scaleX(${share})` }}
      />
    </div>
  )
}

export function Spinner() {
  return <span className={styles.spinner} aria-hidden />
}
