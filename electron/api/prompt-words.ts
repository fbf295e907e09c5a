/** A word of a prompt; offsets are UTF-16 indices. */
export interface PromptWord {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Letters and digits of any script, emoji, inner hyphens and apostrophes; a weight's number is not one. */
const WORD = /(?<!:\s*[\d.]*)[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d\ufe0f]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu

export function findPromptWords(prompt: string): PromptWord[] {
  return [...prompt.matchAll(WORD)].map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }))
}

/** The prompt as if a word had not been written. */
export function leaveOutWord(prompt: string, { start, end }: PromptWord): string {
  return `${prompt.slice(0, start)}${prompt.slice(end)}`.replaceAll(/\s+/g, ' ').trim()
}
