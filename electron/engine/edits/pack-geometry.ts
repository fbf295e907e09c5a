import type { PixelSize } from '../../api/geometry.ts'
import { MAX_DETAILED_PIXELS, MAX_DRAWN_SIDE, MAX_IMAGE_PIXELS } from '../../api/images.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { CellGeometry, Crop } from '../../api/token-cells.ts'
import type { Pack, PackStage } from '../../../models/importing/pack.ts'

/** The stage whose tokens become pixels. */
export function lastStage({ stages }: Pack): PackStage {
  return stages[stages.length - 1]!
}

export interface CanvasSize {
  readonly rows: number
  readonly columns: number
}

/** The token canvas of another stage over the same picture. */
export function stageCanvas({ rows, columns }: CanvasSize, stage: number, pack: Pack): CanvasSize {
  const ratio = pack.stages[stage]!.downsampleFactor / lastStage(pack).downsampleFactor
  return { rows: rows / ratio, columns: columns / ratio }
}

/** How many tokens of a stage lie along a side of one of the stage before. */
export function coarserRatio(stage: number, { stages }: Pack): number {
  return stage === 0 ? 1 : stages[stage - 1]!.downsampleFactor / stages[stage]!.downsampleFactor
}

/** Grows a canvas so that the coarsest stage's tokens fill it. */
export function fillCoarsest<Canvas extends CanvasSize>(canvas: Canvas, pack: Pack): Canvas {
  const ratio = pack.stages[0]!.downsampleFactor / lastStage(pack).downsampleFactor
  const roundUp = (count: number) => Math.ceil(count / ratio) * ratio
  return { ...canvas, rows: roundUp(canvas.rows), columns: roundUp(canvas.columns) }
}

export function cellGeometryOf(pack: Pack): CellGeometry {
  const { downsampleFactor, grids } = lastStage(pack)
  return { downsampleFactor, gridRows: grids.rows, gridColumns: grids.columns }
}

/** Throws `image-too-large` where Detail asks for more than the inference process has memory for. */
export function assertCropSize({ rows, columns }: Crop, pack: Pack): void {
  const pixelCount = rows * columns * lastStage(pack).downsampleFactor ** 2
  if (pixelCount <= MAX_DETAILED_PIXELS) return
  throw new EngineError('image-too-large', EDIT_ERRORS.detailTooLarge(Math.ceil(pixelCount / 1e6), MAX_DETAILED_PIXELS / 1e6))
}

/** Throws `image-too-large`. */
export function assertPictureSize({ width, height }: PixelSize): void {
  const side = Math.max(width, height)
  if (width * height > MAX_IMAGE_PIXELS) {
    const megapixels = Math.ceil((width * height) / 1e6)
    throw new EngineError('image-too-large', EDIT_ERRORS.pictureTooLarge(megapixels, MAX_IMAGE_PIXELS / 1e6))
  }
  if (side > MAX_DRAWN_SIDE) throw new EngineError('image-too-large', EDIT_ERRORS.pictureTooLong(side, MAX_DRAWN_SIDE))
}
