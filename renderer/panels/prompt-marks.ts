import type { PromptCheck } from '../../electron/api/packs.ts'
import { findWeightedParts } from '../document/prompt-weighting.ts'

export type PromptMark = 'plain' | 'unknown' | 'cut'
export interface MarkedPart {
  readonly text: string
  readonly mark: PromptMark
  /** 1 = as it is. */
  readonly weight: number
}

/**
 * A prompt in parts: what is not read at all, words the model does not know, words that count more or less, and the rest.
 *
 * @param check  null while it is not known how the model reads it.
 */
export function markPrompt(prompt: string, check: Pick<PromptCheck, 'cutAt' | 'unknownWords'> | null): MarkedPart[] {
  const readEnd = check?.cutAt ?? prompt.length
  const unknownWords = check?.unknownWords ?? []
  const weighted = findWeightedParts(prompt)
  const edges = [readEnd, ...unknownWords.flatMap(({ start, end }) => [start, end]), ...weighted.flatMap(({ start, end }) => [start, end])]
  const places = [...new Set([0, ...edges, prompt.length])].sort((a, b) => a - b)
  return places.slice(0, -1).map((from, i) => {
    const isIn = ({ start, end }: { start: number; end: number }) => start <= from && from < end
    const mark = from >= readEnd ? 'cut' : unknownWords.some(isIn) ? 'unknown' : 'plain'
    const weight = weighted.filter(isIn).reduce((product, part) => product * part.weight, 1)
    return { text: prompt.slice(from, places[i + 1]), mark, weight }
  })
}
