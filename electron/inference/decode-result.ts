import { cutImage, pasteImage, planarFromRgb } from '../../models/runtime/planar-image.ts'
import type { PlanarImage, TokenGrid, TokenRect, VqTokenizer } from '../../models/runtime/vq-tokenizer.ts'
import type { EditPlan } from '../../models/sampling/edit-plan.ts'
import type { RgbRaster } from '../api/inference.ts'

/**
 * Besides what changes, so many model pixels around it are decoded as they are in the whole picture: colours are matched by
 * what lies beside the mask (electron/engine/blending), within 11 of them.
 */
const SEEN_AROUND = 16

/**
 * The picture of a candidate: what may have changed as the decoder draws it, all else as it was, for nothing of it is
 * written. Decoding a part is only left out where the pack says that it may be.
 *
 * @param image  what was edited; null = nothing, and all is drawn.
 */
export async function decodeResult(tokenizer: VqTokenizer, tokens: TokenGrid, plan: EditPlan, image: RgbRaster | null): Promise<PlanarImage> {
  const needed = image === null ? undefined : changedRect(plan, Math.ceil(SEEN_AROUND / tokenizer.downsampleFactor))
  const decoded = await tokenizer.tokensToImage(tokens, needed)
  if (needed === undefined || image === null) return decoded
  const factor = tokenizer.downsampleFactor
  const [left, top] = [needed.column * factor, needed.row * factor]
  const drawn = cutImage(decoded, { x: left, y: top, width: needed.columns * factor, height: needed.rows * factor })
  const result = planarFromRgb(image.width, image.height, image.data)
  pasteImage(result, drawn, left, top)
  return result
}

/** The tokens that may change and `margin` more on each side; undefined where that is all of them. */
export function changedRect({ rows, columns, tokenMask }: Pick<EditPlan, 'rows' | 'columns' | 'tokenMask'>, margin: number): TokenRect | undefined {
  let [top, left, bottom, right] = [rows, columns, -1, -1]
  for (let i = 0; i < tokenMask.length; i++) {
    if (tokenMask[i] !== 1) continue
    const [row, column] = [Math.floor(i / columns), i % columns]
    top = Math.min(top, row)
    left = Math.min(left, column)
    bottom = Math.max(bottom, row)
    right = Math.max(right, column)
  }
  const from = (start: number) => Math.max(0, start - margin)
  const size = (start: number, end: number, count: number) => Math.min(count, end + 1 + margin) - from(start)
  const rect = { row: from(top), column: from(left), rows: size(top, bottom, rows), columns: size(left, right, columns) }
  return rect.rows === rows && rect.columns === columns ? undefined : rect
}
