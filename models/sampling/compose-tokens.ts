import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { projectTokenMask } from './token-canvas.ts'

/**
 * Candidates of one plan laid into each other, the join masked.
 *
 * @param canvas  of the last stage.
 * @param candidates  of each, one grid a stage, coarse to fine.
 * @param sources  [rows × columns] of the canvas, row-major: which of `candidates` each cell comes from.
 * @param join  the same: 1 = to be predicted again.
 * @returns one grid a stage; MASK_TOKEN along the join, and nowhere else unless a candidate has it.
 */
export function composeTokens(
  canvas: { readonly rows: number; readonly columns: number },
  candidates: readonly (readonly TokenGrid[])[],
  sources: Uint8Array,
  join: Uint8Array,
): TokenGrid[] {
  return candidates[0]!.map(({ rows, columns }, stage) => {
    const isJoin = projectTokenMask(join, canvas, { rows, columns })
    const down = canvas.rows / rows
    const right = canvas.columns / columns
    const tokens = Int32Array.from(isJoin, (joined, i) => {
      // A coarse token over cells of two sources lies on the join.
      const cell = Math.floor(i / columns) * down * canvas.columns + (i % columns) * right
      return joined === 1 ? MASK_TOKEN : candidates[sources[cell]!]![stage]!.tokens[i]!
    })
    return { rows, columns, tokens }
  })
}
