import { MASK_TOKEN, type MaskedTransformer, type WeightedConditioning } from '../../runtime/masked-transformer.ts'
import type { Session } from '../../runtime/session.ts'
import { maskedPositions } from '../../sampling/decode-step.ts'
import { tensor, type Tensor } from '../../tensor/tensor.ts'
import type { PackStage } from '../../importing/pack.ts'
import type { GraphFace } from '../open-graph.ts'

export const TRANSFORMER_FACE: GraphFace = { inputs: ['tokens', 'text', 'mask'], outputs: ['logits'] }

/** The graph gives the logits of all tokens, [terms × tokenCount × codebookSize]; the masked ones are picked and weighed here. */
export function museTransformer(session: Session, { codebookSize, maskToken }: PackStage): MaskedTransformer {
  return {
    codebookSize,
    async predict({ tokens }, terms) {
      const ids = BigInt64Array.from(tokens, (token) => BigInt(token === MASK_TOKEN ? maskToken : token))
      const batch = new BigInt64Array(terms.length * ids.length)
      for (let i = 0; i < terms.length; i++) batch.set(ids, i * ids.length)
      const { logits } = await session.run({
        tokens: tensor('int64', [terms.length, ids.length], batch),
        text: stackTerms(terms, 'text'),
        mask: stackTerms(terms, 'mask'),
      })
      if (logits?.type !== 'float32') throw new TypeError(`logits are ${logits?.type}, not float32`)
      return weighLogits(logits.data, tokens, terms, codebookSize)
    },
  }
}

/** Σ weight · logits of the masked positions, [maskedCount × codebookSize]. */
function weighLogits(
  logits: Float32Array,
  tokens: Int32Array,
  terms: readonly WeightedConditioning[],
  codebookSize: number,
): Float32Array {
  const positions = maskedPositions(tokens)
  const weighed = new Float32Array(positions.length * codebookSize)
  for (let term = 0; term < terms.length; term++) {
    const { weight } = terms[term]!
    for (let i = 0; i < positions.length; i++) {
      const from = (term * tokens.length + positions[i]!) * codebookSize
      const to = i * codebookSize
      for (let code = 0; code < codebookSize; code++) weighed[to + code]! += weight * logits[from + code]!
    }
  }
  return weighed
}

/** One named tensor of every term, along the batch axis. */
function stackTerms(terms: readonly WeightedConditioning[], name: string): Tensor {
  const parts = terms.map(({ conditioning }) => conditioning.tensors[name])
  const [, ...dims] = parts[0]!.dims
  const size = dims.reduce((product, dim) => product * dim, 1)
  const data = new Float32Array(parts.length * size)
  for (const [i, part] of parts.entries()) {
    if (part?.type !== 'float32') throw new TypeError(`conditioning "${name}" is ${part?.type}, not float32`)
    data.set(part.data, i * size)
  }
  return tensor('float32', [parts.length, ...dims], data)
}
