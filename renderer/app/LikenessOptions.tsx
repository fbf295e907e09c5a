import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'
import { Button } from '../ui/Button.tsx'
import { Slider } from '../ui/Slider.tsx'
import { maskAlike, setThreshold } from './likeness.ts'
import type { EditorSession } from './program.ts'
import styles from './EditorScreen.module.css'

/** In median distances of the codebook. */
const MAX_THRESHOLD = 1.2

/** How alike is alike: seen live, one undo step once it is masked. */
export function LikenessOptions() {
  const session = useSession() as EditorSession
  const likeness = useEditorState((state) => state.likeness)
  const isLooking = useEditorState((state) => state.isLookingForAlike)
  if (likeness === null) return <p className={styles.hint}>{isLooking ? TOOL_STRINGS.likenessPicking : TOOL_STRINGS.hints.likeness}</p>
  const count = likeness.cells.reduce((sum, cell) => sum + cell, 0)
  return (
    <>
      <div className={styles.option}>
        {TOOL_STRINGS.likeness}
        <Slider
          label={TOOL_STRINGS.likeness}
          value={likeness.threshold}
          min={0}
          max={MAX_THRESHOLD}
          step={0.01}
          valueText={TOOL_STRINGS.likenessValue(count)}
          onChange={(threshold) => setThreshold(session, threshold)}
        />
      </div>
      <Button onClick={() => maskAlike(session)}>{TOOL_STRINGS.maskAlike}</Button>
    </>
  )
}
