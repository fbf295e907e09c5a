import type { PixelSize } from '../../api/geometry.ts'
import { MAX_DRAWN_SIDE, MAX_IMAGE_PIXELS } from '../../api/images.ts'
import { EngineError } from '../../api/errors.ts'
import { EDIT_ERRORS } from '../../api/strings/jobs.ts'
import type { CellGeometry } from '../../api/token-cells.ts'
import type { Pack, PackStage } from '../../../models/importing/pack.ts'

/** The stage whose tokens become pixels. */
export function lastStage({ stages }: Pack): PackStage {
  return stages[stages.length - 1]!
}

export function cellGeometryOf(pack: Pack): CellGeometry {
  const { downsampleFactor, grids } = lastStage(pack)
  return { downsampleFactor, gridRows: grids.rows, gridColumns: grids.columns }
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
