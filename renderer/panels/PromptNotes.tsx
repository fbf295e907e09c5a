import { COMMAND_LABELS } from '../../electron/api/strings/menu.ts'
import { PROMPT_STRINGS } from '../../electron/api/strings/prompt.ts'
import type { PromptChange } from '../document/prompt-weighting.ts'
import type { CheckedPrompt } from '../engine/use-prompt-check.ts'
import { joinClasses } from '../ui/class-names.ts'
import { useActions } from './editor-actions.ts'
import styles from './PromptField.module.css'

interface PromptNotesProps {
  check: CheckedPrompt
  /** Where the caret stands: the word under it is spoken of. */
  caret: number
  onReplace: (change: PromptChange) => void
}

/** What the model does not know of a prompt, and what it knows that is near. */
export function PromptNotes({ check, caret, onReplace }: PromptNotesProps) {
  const { run } = useActions()
  const { unknownWords, cutAt, isFar } = check
  const shown = unknownWords.find(({ start, end }) => caret >= start && caret <= end)
  const only = unknownWords.length === 1 ? unknownWords[0] : undefined
  const word = shown ?? only
  return (
    <div role="status">
      {word && (
        <div className={styles.note}>
          {PROMPT_STRINGS.unknownWord(word.word)}.{' '}
          {word.nearest.length === 0 ? PROMPT_STRINGS.nothingNear : `${PROMPT_STRINGS.useInstead}:`}
          {word.nearest.map((near) => (
            <button
              key={near}
              type="button"
              className={styles.word}
              onClick={() => onReplace(replaceWord(word, near))}
            >
              {near}
            </button>
          ))}
        </div>
      )}
      {!word && unknownWords.length > 0 && (
        <p className={styles.note}>{PROMPT_STRINGS.unknownWords(unknownWords.length)}</p>
      )}
      {isFar && (
        <div className={styles.note}>
          {PROMPT_STRINGS.far}
          <button type="button" className={styles.word} onClick={() => run('app.models')}>
            {COMMAND_LABELS['app.models']}
          </button>
        </div>
      )}
      {cutAt !== null && <p className={joinClasses(styles.note, styles.cutNote)}>{PROMPT_STRINGS.cut}</p>}
    </div>
  )
}

function replaceWord({ start, end }: { start: number; end: number }, text: string): PromptChange {
  const caret = start + text.length
  return { start, end, text, selection: [caret, caret] }
}
