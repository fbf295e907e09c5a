import { useState } from 'react'
import { joinClasses } from './class-names.ts'
import styles from './Field.module.css'

export interface NumberInputProps {
  id?: string
  label?: string
  describedBy?: string | undefined
  /** null shows the placeholder: "as the default says". */
  value: number | null
  min: number
  max: number
  step?: number
  placeholder?: string
  /** Takes all the room there is: for numbers of many digits. */
  isWide?: boolean
  onChange: (value: number | null) => void
}

/** A number that is taken when typing ends (Enter, or focus leaves), so that half-typed values never count. */
export function NumberInput({ id, label, describedBy, value, min, max, step = 1, placeholder, isWide, onChange }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const take = () => {
    if (draft === null) return
    const number = Number(draft)
    if (draft.trim() === '') onChange(null)
    else if (Number.isFinite(number)) onChange(Math.min(max, Math.max(min, Math.round(number / step) * step)))
    setDraft(null)
  }
  return (
    <input
      id={id}
      className={joinClasses(styles.input, styles.number, isWide && styles.wide)}
      type="number"
      aria-label={label}
      aria-describedby={describedBy}
      inputMode="numeric"
      value={draft ?? value ?? ''}
      min={min}
      max={max}
      step={step}
      placeholder={placeholder}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
}
