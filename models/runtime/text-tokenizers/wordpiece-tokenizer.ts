import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { PackError } from '../../importing/pack-error.ts'
import type { PromptReading } from '../text-encoder.ts'
import { isMostlyFar } from './far-prompts.ts'
import { locateWords } from './locate-words.ts'
import { findNearestWords } from './nearest-words.ts'
import type { PlainTokenizer, PlainTokens, TextTokenizerKind } from './text-tokenizer.ts'

const settingsSchema = z.object({
  kind: z.literal('wordpiece'),
  /** A tokenizer.json as transformers saves it; its truncation and padding are not used. */
  tokenizer: z.string(),
  startToken: z.string().default('[CLS]'),
  endToken: z.string().default('[SEP]'),
  paddingToken: z.string().default('[PAD]'),
  unknownToken: z.string().default('[UNK]'),
  /** A JSON list of the words in the captions the pack was trained on: what is offered for a misspelt one. */
  knownWords: z.string().optional(),
  /** A text of one digit for each id: how like the nearest word of the captions it is, 0 to 9 (models/training: pack.py). */
  nearness: z.string().optional(),
})
type WordPieceSettings = z.infer<typeof settingsSchema>

/** What a pack tells of its captions. */
interface CaptionWords {
  readonly words: readonly string[]
  readonly digits: string | undefined
}

/** Such as [CLS] = 101. */
type SpecialIds = { readonly [Name in 'start' | 'end' | 'padding' | 'unknown']: number }

/**
 * Words less like a caption's than this are far. In the starter pack's table "tiger" and "truck", which no caption has, are 6,
 * "kitten" 7; "kitchen" and "coffee" 5, "grandmother", "laptop" and "democracy" 4.
 */
const NEAR_DIGIT = 6
/** Words that carry no picture of their own; how like a caption's word they are says nothing. */
const MEANT_WORD = /^(?!(?:and|or|my|your|his|her|its|our|their|of|for|from|into|to|by|is|are|it|that|this|very|some|no|not)$)[\p{L}\p{N}]/u

/** A word as a person sees it: letters and digits of any script, emoji, inner hyphens and apostrophes. */
const SEEN_WORD = /[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d\ufe0f]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu

/**
 * BERT's word pieces, as sentence encoders read text: words of the vocabulary are one token, others are put together from
 * pieces, so that nearly anything can be read. A word is *unknown* where a letter of it has no piece at all (emoji, some
 * scripts), or where it is neither in the vocabulary nor in the captions: its pieces then seldom mean anything together,
 * as in a misspelling.
 */
export const wordPieceTokenizer: TextTokenizerKind = {
  kind: 'wordpiece',

  async open(unchecked, readText, maxTokens) {
    const settings = settingsSchema.safeParse(unchecked)
    if (!settings.success) throw new PackError('description-invalid', null, z.prettifyError(settings.error))
    const { tokenizer, knownWords, nearness } = settings.data
    const description = await readText(tokenizer)
    const words = knownWords === undefined ? [] : readKnownWords(await readText(knownWords), knownWords)
    const digits = nearness === undefined ? undefined : (await readText(nearness)).trim()
    try {
      return createWordPieceTokenizer(JSON.parse(description) as object, settings.data, { words, digits }, maxTokens)
    } catch (cause) {
      throw new PackError('tokenizer-unreadable', tokenizer, String(cause), { cause })
    }
  },
}

function createWordPieceTokenizer(
  description: object, settings: WordPieceSettings, captions: CaptionWords, maxTokens: number,
): PlainTokenizer {
  const { words: knownWords, digits } = captions
  const tokenizer = new Tokenizer({ ...description, truncation: null, padding: null }, {})
  const special = findSpecialIds(tokenizer, settings)
  const known = new Set(knownWords)
  /** Besides the start and the end. */
  const maxTextTokens = maxTokens - 2
  const encodeText = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids

  const isKnown = (word: string) => {
    const ids = encodeText(word)
    if (ids.length === 0) return true // a joiner or another sign that cleaning takes away
    if (ids.includes(special.unknown)) return false
    return known.size === 0 || known.has(word.toLowerCase()) || splitParts(word).every((part) => encodeText(part).length <= 1 || known.has(part))
  }

  /** A word's first piece speaks for it: "grandmother's" is as near as "grandmother". */
  const isNear = (word: string) => known.has(word.toLowerCase()) || Number(digits?.[encodeText(word)[0] ?? -1] ?? 9) >= NEAR_DIGIT

  return {
    encode(prompt): PlainTokens {
      const textIds = encodeText(prompt).slice(0, maxTextTokens)
      const ids = new Int32Array(maxTokens).fill(special.padding)
      ids.set([special.start, ...textIds, special.end])
      return { ids, attentionMask: Uint8Array.from(ids, (_, i) => Number(i < textIds.length + 2)) }
    },

    locate: (text) => locateWords(text, (part) => encodeText(part).length, maxTokens),

    read(prompt): PromptReading {
      const words = Array.from(prompt.matchAll(SEEN_WORD), ({ 0: word, index }) => ({ start: index, end: index + word.length, word }))
      const isCut = encodeText(prompt).length > maxTextTokens
      const cut = isCut ? words.find(({ end }) => encodeText(prompt.slice(0, end)).length > maxTextTokens) : undefined
      const unknownWords = words
        .filter(({ word }) => !isKnown(word))
        .map((seen) => ({ ...seen, nearest: findNearestWords(seen.word, knownWords) }))
      const meant = words.filter(({ word }) => MEANT_WORD.test(word.toLowerCase()))
      const farCount = meant.filter(({ word }) => !isKnown(word) || !isNear(word)).length
      return { cutAt: cut?.start ?? null, unknownWords, isFar: isMostlyFar(farCount, meant.length) }
    },
  }
}

/** A hyphened word is known where its parts are. */
function splitParts(word: string): string[] {
  return word.toLowerCase().split(/['’-]/u)
}

/** @throws {RangeError} when the vocabulary lacks one. */
function findSpecialIds(tokenizer: Tokenizer, { startToken, endToken, paddingToken, unknownToken }: WordPieceSettings): SpecialIds {
  const idOf = (token: string) => {
    const id = tokenizer.token_to_id(token)
    if (id === undefined) throw new RangeError(`the vocabulary has no ${token}`)
    return id
  }
  return { start: idOf(startToken), end: idOf(endToken), padding: idOf(paddingToken), unknown: idOf(unknownToken) }
}

/** @throws {PackError} 'tokenizer-unreadable' */
function readKnownWords(json: string, name: string): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(json))
  } catch (cause) {
    throw new PackError('tokenizer-unreadable', name, 'not a list of words', { cause })
  }
}
