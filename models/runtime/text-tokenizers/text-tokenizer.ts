import type { PromptReader } from '../text-encoder.ts'

/** A prompt as a text encoder takes it: padded or cut to the encoder's length. */
export interface TextTokens {
  /** [maxTokens] */
  readonly ids: Int32Array
  /** [maxTokens]: 1 = a text token, 0 = padding. */
  readonly attentionMask: Uint8Array
}

/** string → text token ids. */
export interface TextTokenizer extends PromptReader {
  encode(prompt: string): TextTokens
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
  open(settings: unknown, readText: (name: string) => Promise<string>, maxTokens: number): Promise<TextTokenizer>
}
