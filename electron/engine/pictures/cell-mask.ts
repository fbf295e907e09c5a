import { intersectRects, type PixelRect } from '../../api/geometry.ts'
import type { ImageId } from '../../api/images.ts'
import { cellRect, type Crop } from '../../api/token-cells.ts'
import { createPace } from '../pacing/pacing.ts'
import type { ImageStore } from './image-store.ts'
import { emptyImage } from './tile-image-store.ts'

/** The pixel mask of some cells of a crop, as far as they lie within `bounds`. */
export async function maskCells(images: ImageStore, bounds: PixelRect, crop: Crop, cells: readonly number[]): Promise<ImageId> {
  const pace = createPace()
  let mask = emptyImage('mask8', bounds)
  for (const cell of cells) {
    const rect = intersectRects(cellRect(crop, cell), bounds)
    if (rect === undefined) continue
    mask = await images.writeRegion(mask, rect, new Uint8Array(rect.width * rect.height).fill(255))
    await pace()
  }
  return images.put(mask)
}
