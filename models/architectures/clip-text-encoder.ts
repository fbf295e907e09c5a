import type { GraphFace } from '../families/open-graph.ts'
import type { Session } from '../runtime/session.ts'
import type { TextEncoder } from '../runtime/text-encoder.ts'
import type { TextTokenizer } from '../runtime/text-tokenizers/text-tokenizer.ts'
import { tensor } from '../tensor/tensor.ts'

export const CLIP_TEXT_FACE: GraphFace = { inputs: ['ids'], outputs: ['hidden', 'pooled'] }

/** The graph of clip-text.ts. Conditionings hold `hidden` [1 × words × width], `pooled` [1 × projectionDim] and `word_weights` [1 × words]. */
export function clipTextEncoder(session: Session, tokenizer: TextTokenizer): TextEncoder {
  return {
    async encode(prompt) {
      const { ids, weights } = tokenizer.encode(prompt)
      const { hidden, pooled } = await session.run({ ids: tensor('int64', [1, ids.length], BigInt64Array.from(ids, BigInt)) })
      return { tensors: { hidden: hidden!, pooled: pooled!, word_weights: tensor('float32', [1, ids.length], weights) } }
    },
  }
}
