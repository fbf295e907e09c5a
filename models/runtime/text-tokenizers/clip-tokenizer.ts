import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { PackError } from '../../importing/pack-error.ts'
import { locateWords } from './locate-words.ts'
import type { PlainTokenizer, PlainTokens, TextTokenizerKind } from './text-tokenizer.ts'

export const clipTokenizerSchema = z.object({
  kind: z.literal('clip-bpe'),
  /** JSON: token → id. */
  vocabulary: z.string(),
  /** Text: a line of version, then two parts a line, the most frequent pair first. */
  merges: z.string(),
  startToken: z.string(),
  endToken: z.string(),
  /** What a shorter prompt is filled up with. Never masked, so it changes the picture: read from the published files. */
  paddingId: z.number().int().min(0),
})
export type ClipTokenizerSettings = z.infer<typeof clipTokenizerSchema>

/** Words longer than this are cut inside, for they are no words: a script without spaces, or a pasted address. */
const LONGEST_WORD = 40

/**
 * CLIP's byte-pair encoding, which reads anything: no word is unknown to it. Text is cleaned as transformers' fast
 * tokenizer does (NFC, white space collapsed, lower case).
 */
export const clipTokenizer: TextTokenizerKind = {
  kind: 'clip-bpe',

  async open(unchecked, readText, maxTokens) {
    const settings = clipTokenizerSchema.safeParse(unchecked)
    if (!settings.success) throw new PackError('description-invalid', null, z.prettifyError(settings.error))
    const { vocabulary, merges } = settings.data
    const [vocabularyText, mergesText] = [await readText(vocabulary), await readText(merges)]
    try {
      return createClipTokenizer(vocabularyText, mergesText, settings.data, maxTokens)
    } catch (cause) {
      throw new PackError('tokenizer-unreadable', vocabulary, String(cause), { cause })
    }
  },
}

function createClipTokenizer(
  vocabularyText: string, mergesText: string, settings: ClipTokenizerSettings, maxTokens: number,
): PlainTokenizer {
  const vocabulary = z.record(z.string(), z.number().int()).parse(JSON.parse(vocabularyText))
  const startId = idOf(settings.startToken, vocabulary)
  const endId = idOf(settings.endToken, vocabulary)
  const tokenizer = new Tokenizer(describeTokenizer(vocabulary, parseMerges(mergesText), settings), {})
  /** Besides the start and the end. */
  const maxTextTokens = maxTokens - 2
  const encodeText = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids

  return {
    encode(prompt): PlainTokens {
      const textIds = encodeText(prompt).slice(0, maxTextTokens)
      const ids = new Int32Array(maxTokens).fill(settings.paddingId)
      ids.set([startId, ...textIds, endId])
      return { ids, attentionMask: Uint8Array.from(ids, (_, i) => Number(i < textIds.length + 2)) }
    },

    locate: (text) => locateWords(text, (part) => encodeText(part).length, maxTokens),

    read(prompt) {
      const fits = (end: number) => encodeText(prompt.slice(0, end)).length <= maxTextTokens
      return { cutAt: fits(prompt.length) ? null : findCut(prompt, fits), unknownWords: [], isFar: false }
    },
  }
}

/** The start of the first word that is not wholly read. `fits` says whether the prompt is read up to an offset. */
function findCut(prompt: string, fits: (end: number) => boolean): number {
  const words = Array.from(prompt.matchAll(/\S+/gu), ({ 0: word, index }) => ({ start: index, end: index + word.length }))
  const cut = words[firstIndex(words.length, (i) => !fits(words[i]!.end))]
  if (cut === undefined) return prompt.length
  if (cut.end - cut.start <= LONGEST_WORD) return cut.start
  const offsets = Array.from(prompt.slice(cut.start, cut.end).matchAll(/./gsu), ({ index }) => cut.start + index)
  return offsets[Math.max(0, firstIndex(offsets.length, (i) => !fits(offsets[i]!)) - 1)]!
}

/** The first of `count` indices for which `holds`, given that it holds for all after that one; `count` when for none. */
function firstIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** CLIP's tokenizer in the form of a tokenizer.json, as transformers converts it. */
function describeTokenizer(vocab: Record<string, number>, merges: string[][], { startToken, endToken }: ClipTokenizerSettings) {
  return {
    added_tokens: [startToken, endToken].map((content) => ({
      content, id: vocab[content]!, special: true, normalized: false, lstrip: false, rstrip: false, single_word: false,
    })),
    normalizer: {
      type: 'Sequence',
      normalizers: [{ type: 'NFC' }, { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' }, { type: 'Lowercase' }],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: null,
    model: {
      type: 'BPE', dropout: null, unk_token: endToken, continuing_subword_prefix: '', end_of_word_suffix: '</w>', fuse_unk: false,
      vocab, merges,
    },
  }
}

function parseMerges(text: string): string[][] {
  return text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#version')).map((line) => {
    const parts = line.split(' ')
    if (parts.length !== 2) throw new RangeError(`the merge ${JSON.stringify(line)} does not have two parts`)
    return parts
  })
}

function idOf(token: string, vocabulary: Readonly<Record<string, number>>): number {
  const id = Object.hasOwn(vocabulary, token) ? vocabulary[token] : undefined
  if (id === undefined) throw new RangeError(`the vocabulary has no ${token}`)
  return id
}
