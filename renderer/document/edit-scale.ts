import type { EditId } from '../../electron/api/strings/edits.ts'
import { type CellGeometry, cropAround, cropForExtension } from '../../electron/api/token-cells.ts'
import { EDITS } from './edits/edits.ts'
import type { EditCanvas } from './which-edit.ts'

/**
 * How much coarser than the picture the new part will be: image pixels per pixel the model draws, ≥ 1. The same crop as the
 * engine's (`electron/api/token-cells.ts`).
 */
export function findEditScale(id: EditId, { bounds, maskBounds, frame }: EditCanvas, geometry: CellGeometry): number {
  const { area } = EDITS[id]
  if (bounds === null) return 1
  const crop =
    area === 'mask'
      ? cropAround(maskBounds ?? bounds, bounds, geometry)
      : area === 'frame' && frame
        ? cropForExtension(frame.rect, bounds, maskBounds ?? undefined, geometry)
        : undefined
  return crop ? crop.cellSize / geometry.downsampleFactor : 1
}
