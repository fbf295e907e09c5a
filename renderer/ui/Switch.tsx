import { useId } from 'react'
import { Switch as Primitive } from 'radix-ui'
import styles from './Field.module.css'

export interface SwitchProps {
  label: string
  hint?: string | undefined
  isOn: boolean
  isDisabled?: boolean
  onChange: (isOn: boolean) => void
}

export function Switch({ label, hint, isOn, isDisabled = false, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div className={styles.switchRow}>
      <label htmlFor={id}>
        <span className={styles.label}>{label}</span>
        {hint && <span className={styles.hint}>{hint}</span>}
      </label>
      <Primitive.Root id={id} className={styles.switch} checked={isOn} disabled={isDisabled} onCheckedChange={onChange}>
        <Primitive.Thumb className={styles.knob} />
      </Primitive.Root>
    </div>
  )
}
