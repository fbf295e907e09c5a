import { useEffect, useState } from 'react'
import type { PromptCheck } from '../../electron/api/packs.ts'
import { useEngine } from './engine-context.tsx'
import { usePack } from './engine-hooks.ts'

/** After the last key press. Short enough to follow typing, long enough not to ask for every letter. */
const DELAY_MS = 180

export interface CheckedPrompt extends PromptCheck {
  /** The prompt the offsets belong to. */
  readonly prompt: string
}

/** How the pack's text tokenizer reads a prompt, or null while that is not known. Never older than the prompt. */
export function usePromptCheck(prompt: string): CheckedPrompt | null {
  const { client } = useEngine()
  const packId = usePack()?.id ?? null
  const [checked, setChecked] = useState<CheckedPrompt | null>(null)
  useEffect(() => {
    if (packId === null || prompt.trim() === '') return
    let isCurrent = true
    const timer = setTimeout(() => {
      client
        .checkPrompt(packId, prompt)
        .then((check) => isCurrent && setChecked({ ...check, prompt }))
        // A check that fails underlines nothing; starting the run will say what is wrong.
        .catch(() => {})
    }, DELAY_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [client, packId, prompt])
  return checked?.prompt === prompt ? checked : null
}
