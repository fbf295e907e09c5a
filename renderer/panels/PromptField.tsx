import { useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { PROMPT_STRINGS } from '../../electron/api/strings/prompt.ts'
import { changeWeight, type PromptChange } from '../document/prompt-weighting.ts'
import { usePromptCheck } from '../engine/use-prompt-check.ts'
import { joinClasses } from '../ui/class-names.ts'
import { markPrompt } from './prompt-marks.ts'
import { PromptNotes } from './PromptNotes.tsx'
import styles from './PromptField.module.css'

export interface PromptFieldProps {
  prompt: string
  label?: string
  placeholder: string
  /** Longer prompts are not taken: the schema of a request has this limit. */
  maxLength?: number
  inputRef?: RefObject<HTMLTextAreaElement | null>
  onChange: (prompt: string) => void
  /** Enter. */
  onConfirm: () => void
}

const MAX_PROMPT_LENGTH = 2000

/** Keys that give words more weight or less, with Ctrl or Cmd. */
const WEIGHT_STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 }

/**
 * The words of a prompt, with what the model does not know underlined, what it does not read crossed out, and what counts more
 * or less shaded.
 */
export function PromptField(props: PromptFieldProps) {
  const { prompt, label = PROMPT_STRINGS.label, placeholder, maxLength = MAX_PROMPT_LENGTH, inputRef, onChange, onConfirm } = props
  const check = usePromptCheck(prompt)
  const [caret, setCaret] = useState(0)
  const own = useRef<HTMLTextAreaElement>(null)
  const input = inputRef ?? own
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes a word, its keys belong to it.
    if (event.nativeEvent.isComposing) return
    const steps = event.ctrlKey || event.metaKey ? WEIGHT_STEPS[event.key] : undefined
    const { selectionStart, selectionEnd } = event.currentTarget
    if (steps !== undefined) {
      const change = changeWeight(prompt, [selectionStart, selectionEnd], steps)
      if (change) writeInto(event.currentTarget, change)
    } else if (event.key !== 'Enter' || event.shiftKey) return
    else onConfirm()
    event.preventDefault()
  }
  return (
    <>
      <div className={styles.field}>
        <div className={styles.marks} aria-hidden>
          {markPrompt(prompt, check).map(({ text, mark, weight }, i) => (
            <span
              key={i}
              className={joinClasses(styles[mark], weight > 1 && styles.heavy, weight < 1 && styles.light)}
              style={{ ['--emphasis' as string]: Math.min(1, Math.abs(Math.log2(weight))) }}
            >
              {text}
            </span>
          ))}{' '}
        </div>
        <textarea
          ref={input}
          data-prompt
          className={styles.input}
          rows={1}
          value={prompt}
          maxLength={maxLength}
          aria-label={label}
          placeholder={placeholder}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={press}
        />
      </div>
      {check && <PromptNotes check={check} caret={caret} onReplace={(change) => input.current && writeInto(input.current, change)} />}
    </>
  )
}

/** Writes as typing would, so that undo in the field takes it back. */
function writeInto(input: HTMLTextAreaElement, { start, end, text, selection }: PromptChange): void {
  input.focus()
  input.setSelectionRange(start, end)
  // Deprecated, and the one way that the field's own undo knows of.
  document.execCommand('insertText', false, text)
  input.setSelectionRange(...selection)
}
