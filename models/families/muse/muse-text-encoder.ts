import type { Session } from '../../runtime/session.ts'
import type { TextEncoder } from '../../runtime/text-encoder.ts'
import type { TextTokenizer } from '../../runtime/text-tokenizers/text-tokenizer.ts'
import { tensor } from '../../tensor/tensor.ts'
import type { GraphFace } from '../open-graph.ts'

export const TEXT_ENCODER_FACE: GraphFace = { inputs: ['ids', 'mask'], outputs: ['text'] }

/**
 * Text states, which of them stand for words, and how much these count: `text` [1 × maxTokens × width], `mask` and
 * `weights` [1 × maxTokens].
 */
export function museTextEncoder(session: Session, tokenizer: TextTokenizer): TextEncoder {
  return {
    async encode(prompt) {
      const { ids, attentionMask, weights } = tokenizer.encode(prompt)
      const mask = tensor('float32', [1, ids.length], Float32Array.from(attentionMask))
      const { text } = await session.run({
        ids: tensor('int64', [1, ids.length], BigInt64Array.from(ids, BigInt)),
        mask,
      })
      return { tensors: { text: text!, mask, weights: tensor('float32', [1, ids.length], weights) } }
    },
  }
}
