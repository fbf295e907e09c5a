import type { PromptCheck } from '../../electron/api/packs.ts'

export type PromptMark = 'plain' | 'unknown' | 'cut'
export interface MarkedPart {
  readonly text: string
  readonly mark: PromptMark
}

/** A prompt in parts: what is not read at all, words the model does not know, and the rest. */
export function markPrompt(prompt: string, { cutAt, unknownWords }: PromptCheck): MarkedPart[] {
  const end = cutAt ?? prompt.length
  const parts: MarkedPart[] = []
  let at = 0
  const take = (to: number, mark: PromptMark) => {
    if (to > at) parts.push({ text: prompt.slice(at, to), mark })
    at = Math.max(at, to)
  }
  for (const word of unknownWords) {
    if (word.start >= end) break
    take(word.start, 'plain')
    take(Math.min(word.end, end), 'unknown')
  }
  take(end, 'plain')
  take(prompt.length, 'cut')
  return parts
}
