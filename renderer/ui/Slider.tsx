import { Slider as Primitive } from 'radix-ui'
import styles from './Slider.module.css'

export interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  step?: number
  /** What is read out and shown beside the slider, such as "48 px". */
  valueText: string
  onChange: (value: number) => void
}

export function Slider({ label, value, min, max, step = 1, valueText, onChange }: SliderProps) {
  return (
    <div className={styles.row}>
      <Primitive.Root
        className={styles.slider}
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next]) => next !== undefined && onChange(next)}
      >
        <Primitive.Track className={styles.track}>
          <Primitive.Range className={styles.range} />
        </Primitive.Track>
        <Primitive.Thumb className={styles.thumb} aria-label={label} aria-valuetext={valueText} />
      </Primitive.Root>
      <span className={styles.value} aria-hidden>
        {valueText}
      </span>
    </div>
  )
}
