import { PackError } from '../../importing/pack-error.ts'
import { readPackText } from '../../importing/open-pack.ts'
import type { Pack } from '../../importing/pack.ts'
import { clipTokenizer } from './clip-tokenizer.ts'
import type { TextTokenizer, TextTokenizerKind } from './text-tokenizer.ts'
import { withPromptWeights } from './weighted-prompts.ts'
import { wordPieceTokenizer } from './wordpiece-tokenizer.ts'
import { wordTokenizer } from './word-tokenizer.ts'

const TEXT_TOKENIZERS: readonly TextTokenizerKind[] = [wordTokenizer, wordPieceTokenizer, clipTokenizer]

/** Opens the text tokenizer a pack names. @throws {PackError} */
export async function openTextTokenizer({ textEncoder }: Pack, folder: string): Promise<TextTokenizer> {
  const { tokenizer, maxTokens } = textEncoder
  const found = TEXT_TOKENIZERS.find(({ kind }) => kind === tokenizer.kind)
  if (found === undefined) throw new PackError('tokenizer-unknown', null, tokenizer.kind)
  return withPromptWeights(await found.open(tokenizer, (name) => readPackText(folder, name), maxTokens))
}
