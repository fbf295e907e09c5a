import type { GenerateRequest } from '../../api/edits.ts'
import type { PixelSize } from '../../api/geometry.ts'
import type { Crop } from '../../api/token-cells.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import type { Edit } from './edit.ts'
import { fitToGrids } from './fit-to-grids.ts'
import { assertPictureSize, fillCoarsest, lastStage } from './pack-geometry.ts'
import { planPasses } from './plan-passes.ts'

/** Text to picture: every token is forgotten. */
export const generate: Edit<GenerateRequest> = {
  inputs: ({ size }) => ({ image: null, mask: null, frame: size && { x: 0, y: 0, ...size } }),

  fill: (request, { defaults }) => ({
    ...request,
    size: request.size ?? { width: defaults.width, height: defaults.height },
  }),

  plan(request, _picture, pack) {
    const size = request.size ?? { width: pack.defaults.width, height: pack.defaults.height }
    assertPictureSize(size)
    const crop = cropForCreation(size, pack)
    const { rows, columns } = crop
    const tokenMask = new Uint8Array(rows * columns).fill(1)
    return { crop, plan: { rows, columns, tokenMask, passes: planPasses(crop, tokenMask, request, pack) } }
  },
}

/**
 * The cells that cover a new picture, which lies in their middle. A picture smaller than the model's own is drawn at the
 * model's size and made smaller, because a part cut out of a composition is none.
 */
function cropForCreation({ width, height }: PixelSize, pack: Pack): Crop {
  const { downsampleFactor, grids } = lastStage(pack)
  const cellSize = Math.min(downsampleFactor, Math.ceil(Math.max(width / grids.columns, height / grids.rows)))
  const needed = { rows: Math.ceil(height / cellSize), columns: Math.ceil(width / cellSize) }
  const { rows, columns } = fillCoarsest(fitToGrids(needed, grids), pack)
  return {
    x: -Math.floor((columns - needed.columns) / 2) * cellSize || 0,
    y: -Math.floor((rows - needed.rows) / 2) * cellSize || 0,
    cellSize,
    rows,
    columns,
  }
}
