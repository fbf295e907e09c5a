import { MASK_TOKEN, type WeightedConditioning } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { maskedPositions } from '../sampling/decode-step.ts'
import { tensor, type Tensor } from '../tensor/tensor.ts'

/** What every step graph takes: the grid, which logits are asked for, and how the conditionings are weighed. */
export const STEP_INPUTS = ['tokens', 'positions', 'shares'] as const

export function stepFeeds(
  grid: TokenGrid, terms: readonly WeightedConditioning[], maskToken: number,
): Record<(typeof STEP_INPUTS)[number], Tensor> {
  const ids = BigInt64Array.from(grid.tokens, (token) => BigInt(token === MASK_TOKEN ? maskToken : token))
  return { tokens: tensor('int64', [1, grid.rows, grid.columns], ids), ...questionFeeds(grid, terms) }
}

/** Which logits are asked for, and how much of each conditioning's. */
export function questionFeeds({ tokens }: TokenGrid, terms: readonly WeightedConditioning[]): Record<'positions' | 'shares', Tensor> {
  const positions = maskedPositions(tokens)
  return {
    positions: tensor('int64', [positions.length], BigInt64Array.from(positions, BigInt)),
    shares: tensor('float32', [terms.length], Float32Array.from(terms, ({ weight }) => weight)),
  }
}

/** @throws {TypeError} when the graph gave something else. */
export function readLogits({ logits }: Readonly<Record<string, Tensor>>): Float32Array {
  if (logits?.type !== 'float32') throw new TypeError(`logits are ${logits?.type}, not float32`)
  return logits.data
}
