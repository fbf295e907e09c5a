import type { ReactNode } from 'react'
import { RadioGroup } from 'radix-ui'
import styles from './Field.module.css'

export interface Segment<T extends string> {
  readonly value: T
  readonly label: string
  readonly icon?: ReactNode
}

export interface SegmentedControlProps<T extends string> {
  label: string
  value: T
  segments: readonly Segment<T>[]
  onChange: (value: T) => void
}

/** One choice of a few, all in sight. */
export function SegmentedControl<T extends string>({ label, value, segments, onChange }: SegmentedControlProps<T>) {
  return (
    <RadioGroup.Root
      className={styles.segments}
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => onChange(next as T)}
    >
      {segments.map((segment) => (
        <RadioGroup.Item key={segment.value} className={styles.segment} value={segment.value}>
          {segment.icon}
          {segment.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
