import type { PromptReader } from '../text-encoder.ts'

/** A prompt as a text encoder takes it: padded or cut to the encoder's length. */
export interface PlainTokens {
  /** [maxTokens] */
  readonly ids: Int32Array
  /** [maxTokens]: 1 = a text token, 0 = padding. */
  readonly attentionMask: Uint8Array
}

export interface TextTokens extends PlainTokens {
  /** [maxTokens]: how much each token's text state counts; 1 = as it is. */
  readonly weights: Float32Array
}

/** string → text token ids, of prompts with weights. */
export interface TextTokenizer extends PromptReader {
  encode(prompt: string): TextTokens
}

/** The same of text without weights: brackets and colons stand for themselves. */
export interface PlainTokenizer extends PromptReader {
  encode(text: string): PlainTokens
  /** [maxTokens]: the UTF-16 index at which the word of each token begins; -1 for special ones and padding. */
  locate(text: string): Int32Array
}

/** A way of cutting text into tokens. All that is particular to it is in its file; text-tokenizers.ts lists them. */
export interface TextTokenizerKind {
  /** `textEncoder.tokenizer.kind` in pack.json. */
  readonly kind: string
  /**
   * @param settings  `textEncoder.tokenizer` of pack.json, as yet unchecked.
   * @param readText  reads one of the pack's files as UTF-8.
   * @param maxTokens  how many the text encoder takes, with the special ones.
   * @throws {PackError} 'description-invalid' or 'tokenizer-unreadable'
   */
  open(settings: unknown, readText: (name: string) => Promise<string>, maxTokens: number): Promise<PlainTokenizer>
}
