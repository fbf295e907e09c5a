import { UPSCALE_FACTOR, type UpscaleRequest } from '../../api/edits.ts'
import type { PixelRect } from '../../api/geometry.ts'
import type { Crop } from '../../api/token-cells.ts'
import type { Pack } from '../../../models/importing/pack.ts'
import type { Edit } from './edit.ts'
import { fitToGrids } from './fit-to-grids.ts'
import { assertPictureSize, fillCoarsest, lastStage } from './pack-geometry.ts'
import { planPasses, type PassStyle } from './plan-passes.ts'

/** The picture at twice its size: only the last stage's tokens are forgotten, the picture's own are the coarser ones. */
export const upscale: Edit<UpscaleRequest> = {
  isPossibleWith: ({ stages }) => stages.length > 1,

  inputs: ({ image }) => ({ image, mask: null, frame: null, enlargement: UPSCALE_FACTOR }),

  fill: (request) => request,

  plan(request, picture, pack) {
    if (picture === undefined) throw new RangeError('there is no picture to enlarge')
    const { width, height } = picture.bounds
    assertPictureSize({ width: width * UPSCALE_FACTOR, height: height * UPSCALE_FACTOR })
    const crop = cropOverAll(picture.bounds, pack)
    const { rows, columns } = crop
    const tokenMask = new Uint8Array(rows * columns).fill(1)
    const style: PassStyle = { rounds: [{ kind: 'given' }], topK: null, firstStage: pack.stages.length - 1 }
    return { crop, plan: { rows, columns, tokenMask, passes: planPasses(crop, tokenMask, request, pack, style) } }
  },
}

/** Cells over all of a picture, each of as many of its pixels as make a cell's at the larger size. */
function cropOverAll({ x, y, width, height }: PixelRect, pack: Pack): Crop {
  const { downsampleFactor, grids } = lastStage(pack)
  const cellSize = downsampleFactor / UPSCALE_FACTOR
  const column = Math.floor(x / cellSize)
  const row = Math.floor(y / cellSize)
  const needed = { rows: Math.ceil((y + height) / cellSize) - row, columns: Math.ceil((x + width) / cellSize) - column }
  return { x: column * cellSize || 0, y: row * cellSize || 0, cellSize, ...fillCoarsest(fitToGrids(needed, grids), pack) }
}
