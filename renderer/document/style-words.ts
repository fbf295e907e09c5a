import type { PackSummary } from '../../electron/api/packs.ts'

type Style = PackSummary['styles'][number]

/** The style a prompt ends with, if it is one of the pack's. */
export function findStyle(prompt: string, styles: readonly Style[]): Style | null {
  return styles.find((style) => splitStyle(prompt, style) !== null) ?? null
}

/** A prompt with another style instead of the one it ends with; null takes the style away. What else it says stays. */
export function putStyle(prompt: string, style: Style | null, styles: readonly Style[]): string {
  const before = findStyle(prompt, styles)
  const scene = before ? (splitStyle(prompt, before) ?? '') : prompt.trim()
  return [scene, style?.prompt ?? ''].filter((part) => part !== '').join(', ')
}

/** What stands before a style; null where the prompt does not end with it. */
function splitStyle(prompt: string, style: Style): string | null {
  const words = prompt.trim()
  if (words === style.prompt) return ''
  const ending = `, ${style.prompt}`
  return words.endsWith(ending) ? words.slice(0, -ending.length) : null
}
