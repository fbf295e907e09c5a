import { questionFeeds } from '../../architectures/step-feeds.ts'
import { MASK_TOKEN, type MaskedTransformer, type WeightedConditioning } from '../../runtime/masked-transformer.ts'
import { feedsOf, type Session } from '../../runtime/session.ts'
import type { TokenGrid } from '../../runtime/vq-tokenizer.ts'
import { maskedPositions } from '../../sampling/decode-step.ts'
import { tensor, type Tensor } from '../../tensor/tensor.ts'
import type { PackStage } from '../../importing/pack.ts'
import type { GraphFace } from '../open-graph.ts'
import { tokenDims, type TokenShape } from './muse-settings.ts'

export const FIRST_TRANSFORMER_FACE: GraphFace = {
  inputs: ['tokens', 'text', 'mask', 'weights', 'reference', 'positions', 'shares'],
  outputs: ['logits'],
}
/** `coarse`: the tokens of the stage before. */
export const FINER_TRANSFORMER_FACE: GraphFace = { inputs: [...FIRST_TRANSFORMER_FACE.inputs, 'coarse'], outputs: ['logits'] }

/**
 * A graph that takes `positions` and `shares` gives the guided logits of the masked tokens; another gives those of all
 * tokens, [terms × tokens × codebookSize], and the masked ones are picked and weighed here.
 * A finer stage's also takes the `coarse` tokens, one trained to follow instructions a `reference`.
 */
export function museTransformer(session: Session, { codebookSize, maskToken }: PackStage, tokenShape: TokenShape): MaskedTransformer {
  const stackTokens = (grid: TokenGrid, termCount: number) => {
    const ids = BigInt64Array.from(grid.tokens, (token) => BigInt(token === MASK_TOKEN ? maskToken : token))
    const batch = new BigInt64Array(termCount * ids.length)
    for (let i = 0; i < termCount; i++) batch.set(ids, i * ids.length)
    return tensor('int64', [termCount, ...tokenDims(tokenShape, grid)], batch)
  }
  // A graph that norms the text weighs it after that; where none does, it is weighed before it is fed.
  const weighsWords = session.inputNames.includes('weights')
  const weighsTerms = session.inputNames.includes('shares')
  return {
    codebookSize,
    async predict(grid, terms, { coarser, reference = fillGrid(grid, maskToken + 1) }) {
      const feeds: Record<string, Tensor> = {
        tokens: stackTokens(grid, terms.length),
        text: weighsWords ? stackTerms(terms, 'text') : weighWords(stackTerms(terms, 'text'), stackTerms(terms, 'weights')),
        mask: stackTerms(terms, 'mask'),
        // How much each word counts, where the graph multiplies them itself.
        weights: stackTerms(terms, 'weights'),
        reference: stackTokens(reference, terms.length),
        ...questionFeeds(grid, terms),
        ...(coarser === undefined ? {} : { coarse: stackTokens(coarser, terms.length) }),
      }
      const { logits } = await session.run(feedsOf(session, feeds))
      if (logits?.type !== 'float32') throw new TypeError(`logits are ${logits?.type}, not float32`)
      return weighsTerms ? logits.data : weighLogits(logits.data, grid.tokens, terms, codebookSize)
    },
  }
}

/** [terms × words × width], each word's state times its weight. */
function weighWords({ dims, data }: Tensor, { data: weights }: Tensor): Tensor {
  const width = dims[2]!
  return tensor('float32', dims, Float32Array.from(data as Float32Array, (value, i) => value * (weights as Float32Array)[Math.floor(i / width)]!))
}

/** The token after the mask's, everywhere: no reference. */
function fillGrid({ rows, columns }: TokenGrid, token: number): TokenGrid {
  return { rows, columns, tokens: new Int32Array(rows * columns).fill(token) }
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
  const rowAt = (term: number, position: number) => (term * tokens.length + position) * codebookSize
  for (const [term, { weight }] of terms.entries()) {
    for (let i = 0; i < positions.length; i++) {
      const from = rowAt(term, positions[i]!)
      const to = i * codebookSize
      if (term === 0 && weight === 1) weighed.set(logits.subarray(from, from + codebookSize), to)
      else for (let code = 0; code < codebookSize; code++) weighed[to + code]! += weight * logits[from + code]!
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
