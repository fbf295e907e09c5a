import type { PixelRect } from '../../electron/api/geometry.ts'
import { type CellGeometry, cropAround, cropForExtension } from '../../electron/api/token-cells.ts'
import type { WhichEdit } from './which-edit.ts'

/**
 * How much coarser than the picture the new part will be: image pixels per pixel the model draws, ≥ 1. The same crop as the
 * engine's (`electron/api/token-cells.ts`).
 */
export function findEditScale(edit: WhichEdit, bounds: PixelRect | null, geometry: CellGeometry): number {
  if (bounds === null) return 1
  if (edit.kind === 'repaint') return cropAround(edit.maskBounds, bounds, geometry).cellSize / geometry.downsampleFactor
  if (edit.kind !== 'extend') return 1
  const crop = cropForExtension(edit.frame, bounds, edit.maskBounds ?? undefined, geometry)
  return crop.cellSize / geometry.downsampleFactor
}
