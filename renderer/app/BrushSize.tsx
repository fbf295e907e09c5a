import { useState } from 'react'
import { useStore } from 'zustand'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { MAX_BRUSH_SIZE, type ViewportStore } from '../canvas/viewport-store.ts'
import { Slider } from '../ui/Slider.tsx'
import styles from './EditorScreen.module.css'

/** Brushes feel alike when they differ by a factor, so the slider goes by the logarithm. */
const toPosition = (size: number) => Math.log2(size)
const toSize = (position: number) => Math.round(2 ** position)

export function BrushSize({ viewport }: { viewport: ViewportStore }) {
  const size = useStore(viewport, (state) => state.brushSize)
  // Kept where it rounds to the size in hand: at small sizes, steps of less than a pixel add up.
  const [chosen, setChosen] = useState(toPosition(size))
  const position = toSize(chosen) === size ? chosen : toPosition(size)
  const choose = (next: number) => {
    setChosen(next)
    viewport.setBrush({ size: toSize(next) })
  }
  return (
    <div className={styles.option}>
      {TOOL_STRINGS.size}
      <Slider
        label={TOOL_STRINGS.size}
        value={position}
        min={0}
        max={toPosition(MAX_BRUSH_SIZE)}
        step={0.05}
        valueText={TOOL_STRINGS.sizeValue(size)}
        onChange={choose}
      />
    </div>
  )
}
