import { useState, type KeyboardEvent, type Ref } from 'react'
import { PROMPT_STRINGS } from '../../electron/api/strings/prompt.ts'
import { usePromptCheck } from '../engine/use-prompt-check.ts'
import { markPrompt } from './prompt-marks.ts'
import { PromptNotes } from './PromptNotes.tsx'
import styles from './PromptField.module.css'

export interface PromptFieldProps {
  prompt: string
  label?: string
  placeholder: string
  /** Longer prompts are not taken: the schema of a request has this limit. */
  maxLength?: number
  inputRef?: Ref<HTMLTextAreaElement>
  onChange: (prompt: string) => void
  /** Enter. */
  onConfirm: () => void
}

const MAX_PROMPT_LENGTH = 2000

/** The words of a prompt, with what the model does not know underlined and what it does not read crossed out. */
export function PromptField(props: PromptFieldProps) {
  const { prompt, label = PROMPT_STRINGS.label, placeholder, maxLength = MAX_PROMPT_LENGTH, inputRef, onChange, onConfirm } = props
  const check = usePromptCheck(prompt)
  const [caret, setCaret] = useState(0)
  const confirmOnEnter = (event: KeyboardEvent) => {
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    onConfirm()
  }
  return (
    <>
      <div className={styles.field}>
        <div className={styles.marks} aria-hidden>
          {(check ? markPrompt(prompt, check) : [{ text: prompt, mark: 'plain' as const }]).map(({ text, mark }, i) => (
            <span key={i} className={styles[mark]}>
              {text}
            </span>
          ))}{' '}
        </div>
        <textarea
          ref={inputRef}
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
          onKeyDown={confirmOnEnter}
        />
      </div>
      {check && <PromptNotes check={check} caret={caret} onReplace={onChange} />}
    </>
  )
}
