import { z } from 'zod'
import { CheckpointError } from '../checkpoint/checkpoint-error.ts'
import { readJsonFile, readTextFile, type JsonObject } from '../checkpoint/open-checkpoint.ts'
import type { ClipTokenizerSettings } from '../runtime/text-tokenizers/clip-tokenizer.ts'

/** A published CLIP tokenizer, as a pack keeps it. */
export interface ClipTokenizerFiles {
  readonly settings: ClipTokenizerSettings
  readonly vocabularyText: string
  readonly mergesText: string
}

const VOCABULARY = 'tokenizer/vocab.json'
const MERGES = 'tokenizer/merges.txt'

/** What transformers takes where a published tokenizer does not say. */
const DEFAULT_TOKENS = { bos_token: '<|startoftext|>', eos_token: '<|endoftext|>', pad_token: '<|endoftext|>' } as const

const tokenSchema = z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)])
const vocabularySchema = z.record(z.string(), z.number().int().min(0))
const addedTokensSchema = z.record(z.string(), z.object({ content: z.string() })).catch({})

/** The merges of a tokenizer.json: 'a b' in older files, ['a', 'b'] in newer ones. */
const wholeTokenizerSchema = z.object({
  model: z.object({
    vocab: vocabularySchema,
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()]).transform((pair) => pair.join(' '))])),
  }),
})

/**
 * Reads the tokenizer of a checkpoint. The padding is looked up and never guessed: CLIP is given no mask, so what stands
 * behind the prompt changes the picture.
 *
 * @param vocabularySize  of the text encoder: ids above it would be read from other memory.
 * @throws {CheckpointError} 'file-missing' or 'tokenizer-invalid'
 */
export async function readClipTokenizerFiles(folder: string, vocabularySize: number): Promise<ClipTokenizerFiles> {
  const { vocabularyText, mergesText } = await readVocabulary(folder)
  const vocabulary = parseVocabulary(vocabularyText)
  const config = await readJsonFile(folder, 'tokenizer/tokenizer_config.json') ?? {}
  const specialTokens = await readJsonFile(folder, 'tokenizer/special_tokens_map.json') ?? {}
  // As transformers does: a config that lists its added tokens is the newer form and rules over the other file.
  const sources = 'added_tokens_decoder' in config ? [config, specialTokens] : [specialTokens, config]
  const tokenOf = (key: keyof typeof DEFAULT_TOKENS) => findToken(sources, key) ?? DEFAULT_TOKENS[key]

  const settings: ClipTokenizerSettings = {
    kind: 'clip-bpe', vocabulary: VOCABULARY, merges: MERGES,
    startToken: tokenOf('bos_token'), endToken: tokenOf('eos_token'),
    paddingId: idOf(tokenOf('pad_token'), vocabulary, config),
  }
  for (const token of [settings.startToken, settings.endToken]) {
    if (!Object.hasOwn(vocabulary, token)) throw invalid(`the vocabulary has no ${token}`)
  }
  const largestId = Object.values(vocabulary).reduce((a, b) => Math.max(a, b), settings.paddingId)
  if (largestId >= vocabularySize) throw invalid(`it has the id ${largestId}, the text encoder only ${vocabularySize}`)
  return { settings, vocabularyText, mergesText }
}

async function readVocabulary(folder: string): Promise<{ vocabularyText: string; mergesText: string }> {
  const [vocabularyText, mergesText] = [await readTextFile(folder, VOCABULARY), await readTextFile(folder, MERGES)]
  if (vocabularyText !== null && mergesText !== null) return { vocabularyText, mergesText }
  const whole = await readJsonFile(folder, 'tokenizer/tokenizer.json')
  if (whole === null) throw new CheckpointError('file-missing', vocabularyText === null ? VOCABULARY : MERGES, 'no text tokenizer')
  const parsed = wholeTokenizerSchema.safeParse(whole)
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error))
  const { vocab, merges } = parsed.data.model
  return { vocabularyText: JSON.stringify(vocab), mergesText: ['#version: 0.2', ...merges, ''].join('\n') }
}

function parseVocabulary(text: string): Readonly<Record<string, number>> {
  try {
    return vocabularySchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new CheckpointError('tokenizer-invalid', VOCABULARY, 'not a table of ids', { cause })
  }
}

function findToken(sources: readonly JsonObject[], key: string): string | undefined {
  return sources.map((source) => tokenSchema.safeParse(source[key]).data).find((token) => token !== undefined)
}

function idOf(token: string, vocabulary: Readonly<Record<string, number>>, config: JsonObject): number {
  if (Object.hasOwn(vocabulary, token)) return vocabulary[token]!
  const added = Object.entries(addedTokensSchema.parse(config['added_tokens_decoder'] ?? {}))
  const id = Number(added.find(([, { content }]) => content === token)?.[0])
  if (!Number.isInteger(id)) throw invalid(`no id for the padding ${token}`)
  return id
}

function invalid(detail: string): CheckpointError {
  return new CheckpointError('tokenizer-invalid', 'tokenizer', detail)
}
