import type { EditId } from '../../electron/api/strings/edits.ts'
import { type CellGeometry, type Crop, cropAround, cropForExtension, type CropView } from '../../electron/api/token-cells.ts'
import type { Edit, EditOptions } from './edits/edit.ts'
import { EDITS } from './edits/edits.ts'
import type { EditCanvas } from './which-edit.ts'

/** How much of the picture an edit shows the model, and how finely, as chosen or as the request's defaults say. */
export function viewOf({ surroundings = null, isDetailed = false }: EditOptions): CropView {
  return { surroundings, isDetailed }
}

type FindCrop = (canvas: EditCanvas, geometry: CellGeometry, view: CropView) => Crop | null

const CROPS: Partial<Record<Edit['area'], FindCrop>> = {
  'mask': ({ bounds, maskBounds }, geometry, view) => bounds && cropAround(maskBounds ?? bounds, bounds, geometry, view),
  'around-mask': ({ bounds }, geometry, view) => bounds && cropAround(bounds, bounds, geometry, view),
  'frame': ({ bounds, maskBounds, frame }, geometry, view) =>
    bounds && frame && cropForExtension(frame.rect, bounds, maskBounds ?? undefined, geometry, view),
}

/**
 * How much coarser than the picture the new part will be: image pixels per pixel the model draws, ≥ 1. The same crop as the
 * engine's (`electron/api/token-cells.ts`).
 */
export function findEditScale(id: EditId, canvas: EditCanvas, geometry: CellGeometry, options: EditOptions = {}): number {
  const crop = CROPS[EDITS[id].area]?.(canvas, geometry, viewOf(options))
  return crop ? crop.cellSize / geometry.downsampleFactor : 1
}
