import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { PackError } from '../../importing/pack-error.ts'
import type { PromptReading } from '../text-encoder.ts'
import { findNearestWords } from './nearest-words.ts'
import type { TextTokenizer, TextTokenizerKind, TextTokens } from './text-tokenizer.ts'

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
})
type WordPieceSettings = z.infer<typeof settingsSchema>

/** Such as [CLS] = 101. */
type SpecialIds = { readonly [Name in 'start' | 'end' | 'padding' | 'unknown']: number }

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
    const { tokenizer, knownWords } = settings.data
    const description = await readText(tokenizer)
    const words = knownWords === undefined ? [] : readKnownWords(await readText(knownWords), knownWords)
    try {
      return createWordPieceTokenizer(JSON.parse(description) as object, settings.data, words, maxTokens)
    } catch (cause) {
      throw new PackError('tokenizer-unreadable', tokenizer, String(cause), { cause })
    }
  },
}

function createWordPieceTokenizer(
  description: object, settings: WordPieceSettings, knownWords: readonly string[], maxTokens: number,
): TextTokenizer {
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

  return {
    encode(prompt): TextTokens {
      const textIds = encodeText(prompt).slice(0, maxTextTokens)
      const ids = new Int32Array(maxTokens).fill(special.padding)
      ids.set([special.start, ...textIds, special.end])
      return { ids, attentionMask: Uint8Array.from(ids, (_, i) => Number(i < textIds.length + 2)) }
    },

    read(prompt): PromptReading {
      const words = Array.from(prompt.matchAll(SEEN_WORD), ({ 0: word, index }) => ({ start: index, end: index + word.length, word }))
      const isCut = encodeText(prompt).length > maxTextTokens
      const cut = isCut ? words.find(({ end }) => encodeText(prompt.slice(0, end)).length > maxTextTokens) : undefined
      const unknownWords = words
        .filter(({ word }) => !isKnown(word))
        .map((seen) => ({ ...seen, nearest: findNearestWords(seen.word, knownWords) }))
      return { cutAt: cut?.start ?? null, unknownWords }
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
