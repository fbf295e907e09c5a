import { RUN_STRINGS } from '../../electron/api/strings/prompt.ts'
import { useEditorState } from '../engine/document-session.tsx'
import styles from './PromptBox.module.css'

/** How long Enter's edit will take, from how long such edits took before. */
export function EstimateNote() {
  const seconds = useEditorState((state) => state.estimatedSeconds)
  if (seconds === null) return null
  return (
    <span className={styles.estimate} title={RUN_STRINGS.aboutHint} data-estimate={seconds}>
      {RUN_STRINGS.about(seconds)}
    </span>
  )
}
