import { useEffect, useState } from 'react'
import { ImageDown } from 'lucide-react'
import { START_SCREEN_STRINGS } from '../../electron/api/strings/start-screen.ts'
import { isField } from './is-field.ts'
import { openTransferred } from './pictures.ts'
import type { Program } from './program.ts'
import styles from './EditorScreen.module.css'

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Takes pictures dropped anywhere, and pasted ones where no text field takes the paste. */
export function DropTarget({ program }: { program: Program }) {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const ending = new AbortController()
    const { signal } = ending
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(false)
      if (event.dataTransfer) openTransferred(program, event.dataTransfer, false)
    }
    const paste = (event: ClipboardEvent) => {
      // A text field takes its own paste, unless a picture is all there is: spreadsheets copy one beside the words.
      const isText = isField(event.target) && event.clipboardData?.types.includes('text/plain')
      if (!isText && event.clipboardData && openTransferred(program, event.clipboardData, true)) event.preventDefault()
    }
    window.addEventListener('dragover', over, { signal })
    window.addEventListener('dragleave', leave, { signal })
    window.addEventListener('drop', drop, { signal })
    window.addEventListener('paste', paste, { signal })
    return () => ending.abort()
  }, [program])
  if (!isOver) return null
  return (
    <div className={styles.drop}>
      <div className={styles.dropCard}>
        <ImageDown size={22} />
        {START_SCREEN_STRINGS.dropHere}
      </div>
    </div>
  )
}
