import { findPromptWords } from '../../electron/api/prompt-words.ts'
import { ANALYSIS_STRINGS as STRINGS } from '../../electron/api/strings/analyses.ts'
import { useLooks } from '../engine/document-session.tsx'
import { useActions } from './editor-actions.ts'
import styles from './PromptWords.module.css'

/** The words a candidate was drawn from: pointing at one shows on the canvas where it mattered. */
export function PromptWords({ jobId, index, prompt }: { jobId: string; index: number; prompt: string }) {
  const { pointAtWord, leaveWord } = useActions()
  const word = useLooks((state) => state.word)
  const words = findPromptWords(prompt)
  if (words.length === 0) return null
  return (
    <div className={styles.words} role="group" aria-label={STRINGS.words}>
      {words.map((one) => (
        <button
          key={one.start}
          type="button"
          className={styles.word}
          aria-label={STRINGS.wordMattered(one.text)}
          aria-busy={word?.text === one.text && word.result === null}
          onPointerEnter={() => pointAtWord(jobId, index, one)}
          onPointerLeave={leaveWord}
          onFocus={() => pointAtWord(jobId, index, one)}
          onBlur={leaveWord}
        >
          {one.text}
        </button>
      ))}
    </div>
  )
}
