/** What no encoding joins with its neighbours, but for marks of a few scripts. */
const WORD = /[\p{L}\p{M}]+|\p{N}|[^\s\p{L}\p{M}\p{N}]+/gu

/**
 * Which word each token of a text belongs to, for encoders that tell only ids: as many tokens as a text has up to a word's end
 * lie before the next word.
 *
 * @param countTokens  of a text, without the special ones.
 * @param maxTokens  with a special token at the start and one at the end.
 * @returns [maxTokens]: the UTF-16 index at which the word begins; -1 for special tokens and padding.
 */
export function locateWords(text: string, countTokens: (text: string) => number, maxTokens: number): Int32Array {
  const starts = new Int32Array(maxTokens).fill(-1)
  const mostTokens = maxTokens - 2
  let tokenCount = 0
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (tokenCount === mostTokens) break
    const end = Math.max(tokenCount, Math.min(mostTokens, countTokens(text.slice(0, index + word.length))))
    starts.fill(index, 1 + tokenCount, 1 + end)
    tokenCount = end
  }
  return starts
}
