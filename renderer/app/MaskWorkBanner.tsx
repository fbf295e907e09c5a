import { useEffect, useState } from 'react'
import { TOOL_STRINGS as STRINGS } from '../../electron/api/strings/editor.ts'
import { useEditorState } from '../engine/document-session.tsx'
import { Button } from '../ui/Button.tsx'
import { Progress } from '../ui/Progress.tsx'
import styles from './EditorScreen.module.css'

/** What is over sooner is not worth a line that comes and goes. */
const SHOW_AFTER_MS = 150

/** How far a change of the whole mask is. */
export function MaskWorkBanner() {
  const work = useEditorState((state) => state.maskWork)
  const isWorking = work !== null
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (!isWorking) return
    const timer = setTimeout(() => setLate(true), SHOW_AFTER_MS)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [isWorking])
  const cancel = work?.cancel
  useEffect(() => {
    if (!cancel) return
    // Before anybody else takes it to mean something of theirs.
    const stop = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      cancel()
    }
    window.addEventListener('keydown', stop, { capture: true })
    return () => window.removeEventListener('keydown', stop, { capture: true })
  }, [cancel])
  if (!work || !isLate) return null
  const words = STRINGS.maskWork(work.label, work.share)
  return (
    <div className={styles.banner}>
      <div className={styles.work}>
        <strong>{words}</strong>
        <Progress label={words} share={work.share} />
      </div>
      <Button onClick={work.cancel}>{STRINGS.cancel}</Button>
    </div>
  )
}
