import { z } from 'zod'
import { PackError } from '../../importing/pack-error.ts'
import type { PromptReading } from '../text-encoder.ts'
import { isMostlyFar } from './far-prompts.ts'
import { findNearestWords } from './nearest-words.ts'
import type { PlainTokenizer, PlainTokens, TextTokenizerKind } from './text-tokenizer.ts'

const settingsSchema = z.object({
  kind: z.literal('words'),
  /** A JSON list of words; a word's place is its id. */
  vocabulary: z.string(),
  paddingId: z.number().int().min(0),
  unknownId: z.number().int().min(0),
  /** Every prompt begins with it; alone it is the empty prompt. */
  startId: z.number().int().min(0),
})
type WordSettings = z.infer<typeof settingsSchema>

/** A word as the model reads it. */
const READ_WORD = /[a-z0-9-]+/g
/** A word as a person sees it: letters and digits of any script, emoji, inner hyphens and apostrophes. */
const SEEN_WORD = /[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d\ufe0f]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu

/** A stretch of a prompt; offsets are UTF-16 indices. */
interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * One id per word of a closed vocabulary, as a pack trained from scratch on captions has it: lower case, everything but
 * a–z, 0–9 and "-" separates words, a word that is not in the list becomes the unknown one.
 */
export const wordTokenizer: TextTokenizerKind = {
  kind: 'words',

  async open(unchecked, readText, maxTokens) {
    const settings = settingsSchema.safeParse(unchecked)
    if (!settings.success) throw new PackError('description-invalid', null, z.prettifyError(settings.error))
    const words = parseVocabulary(await readText(settings.data.vocabulary), settings.data)
    return createWordTokenizer(words, settings.data, maxTokens)
  },
}

function createWordTokenizer(vocabulary: readonly string[], settings: WordSettings, maxTokens: number): PlainTokenizer {
  const idOf = new Map(vocabulary.map((word, id) => [word, id]))
  // Only what a prompt can contain: the special entries are spelt with brackets.
  const knownWords = vocabulary.filter((word) => word.match(READ_WORD)?.[0] === word)
  const maxWords = maxTokens - 1

  return {
    encode(prompt): PlainTokens {
      const wordIds = readWords(prompt).map(({ text }) => idOf.get(text) ?? settings.unknownId)
      const ids = new Int32Array(maxTokens).fill(settings.paddingId)
      ids.set([settings.startId, ...wordIds].slice(0, maxTokens))
      return { ids, attentionMask: Uint8Array.from(ids, (id) => Number(id !== settings.paddingId)) }
    },

    locate(text) {
      const starts = new Int32Array(maxTokens).fill(-1)
      starts.set(readWords(text).slice(0, maxWords).map(({ start }) => start), 1)
      return starts
    },

    read(prompt): PromptReading {
      const words = readWords(prompt)
      const isWhollyKnown = (seen: Word) => {
        const inside = words.filter(({ start, end }) => start >= seen.start && end <= seen.end)
        const isAllRead = inside.reduce((sum, { start, end }) => sum + end - start, 0) === seen.text.length
        return isAllRead && inside.every(({ text }) => idOf.has(text))
      }
      const unknownWords = findWords(SEEN_WORD, prompt)
        .filter((seen) => !isWhollyKnown(seen))
        .map(({ text, start, end }) => ({ start, end, word: text, nearest: findNearestWords(text, knownWords) }))
      const wordCount = findWords(SEEN_WORD, prompt).length
      return { cutAt: words[maxWords]?.start ?? null, unknownWords, isFar: isMostlyFar(unknownWords.length, wordCount) }
    },
  }
}

/** The words the model reads, in lower case. Some letters change length when lowered, so offsets are kept by letter. */
function readWords(prompt: string): Word[] {
  let lowered = ''
  const offsets: number[] = []
  let offset = 0
  for (const letter of prompt) {
    const lower = letter.toLowerCase()
    for (let i = 0; i < lower.length; i++) offsets.push(offset)
    lowered += lower
    offset += letter.length
  }
  offsets.push(offset)
  return findWords(READ_WORD, lowered).map(({ text, start, end }) => ({ text, start: offsets[start]!, end: offsets[end]! }))
}

function findWords(pattern: RegExp, text: string): Word[] {
  return Array.from(text.matchAll(pattern), ({ 0: word, index }) => ({ text: word, start: index, end: index + word.length }))
}

function parseVocabulary(json: string, { vocabulary, paddingId, unknownId, startId }: WordSettings): string[] {
  const parsed = z.array(z.string()).safeParse(safeParseJson(json))
  if (!parsed.success || Math.max(paddingId, unknownId, startId) >= parsed.data.length) {
    throw new PackError('tokenizer-unreadable', vocabulary, 'not a list of words that holds the special ones')
  }
  return parsed.data
}

function safeParseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
