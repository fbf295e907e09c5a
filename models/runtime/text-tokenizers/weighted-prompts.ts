import { readPromptWeights } from '../prompt-weights.ts'
import type { PromptReading } from '../text-encoder.ts'
import type { PlainTokenizer, TextTokenizer, TextTokens } from './text-tokenizer.ts'

/** A text tokenizer that reads the weights written in a prompt (prompt-weights.ts) and gives the rest to one that does not. */
export function withPromptWeights(plain: PlainTokenizer): TextTokenizer {
  return {
    encode(prompt): TextTokens {
      const { text, weights } = readPromptWeights(prompt)
      const tokens = plain.encode(text)
      const isWeighted = weights.some((weight) => weight !== 1)
      const starts = isWeighted ? plain.locate(text) : tokens.ids.map(() => -1)
      return { ...tokens, weights: Float32Array.from(starts, (start) => (start < 0 ? 1 : weights[start]!)) }
    },

    read(prompt): PromptReading {
      const { text, offsets } = readPromptWeights(prompt)
      const reading = plain.read(text)
      const { cutAt, unknownWords } = reading
      return {
        ...reading,
        cutAt: cutAt === null ? null : offsets[cutAt]!,
        // Where a word ends its weight may begin.
        unknownWords: unknownWords.map((word) => ({ ...word, start: offsets[word.start]!, end: offsets[word.end - 1]! + 1 })),
      }
    },
  }
}
