import { useEffect, useRef, useState } from 'react'
import { ArrowUp } from 'lucide-react'
import { PROMPT_STRINGS } from '../../electron/api/strings/prompt.ts'
import { START_SCREEN_STRINGS as STRINGS } from '../../electron/api/strings/start-screen.ts'
import { useLibrary } from '../engine/engine-hooks.ts'
import { hasNoPack } from '../engine/library-store.ts'
import { Button } from '../ui/Button.tsx'
import { PromptField } from './PromptField.tsx'
import styles from './StartScreen.module.css'

/** A prompt that starts a new document. */
export function StartPrompt({ onCreate }: { onCreate: (prompt: string) => void }) {
  const [prompt, setPrompt] = useState('')
  const isWithoutPack = useLibrary(hasNoPack)
  const input = useRef<HTMLTextAreaElement>(null)
  // One opens the program to write a prompt: the first key typed is its first letter.
  useEffect(() => input.current?.focus({ preventScroll: true }), [])
  const create = () => {
    if (prompt.trim() !== '' && !isWithoutPack) onCreate(prompt)
  }
  return (
    <div className={styles.box}>
      <PromptField
        inputRef={input}
        prompt={prompt}
        label={STRINGS.promptLabel}
        placeholder={STRINGS.promptPlaceholder}
        onChange={setPrompt}
        onConfirm={create}
      />
      <div className={styles.bar}>
        <p className={styles.note}>{isWithoutPack ? PROMPT_STRINGS.noPack : PROMPT_STRINGS.startHint}</p>
        <Button className={styles.round} kind="primary" size="large" disabled={prompt.trim() === '' || isWithoutPack} onClick={create}>
          <ArrowUp size={16} strokeWidth={2.4} />
          {STRINGS.create}
        </Button>
      </div>
    </div>
  )
}
