import type { PixelRect } from '../../api/geometry.ts'
import type { TileImage } from '../../api/images.ts'
import { createPace } from '../pacing/pacing.ts'
import type { ImageStore } from './image-store.ts'
import { touchedTiles } from './tile-grid.ts'
import { emptyImage } from './tile-image-store.ts'

/** A mask over all of a picture. Its tiles are equal, so that it takes next to no place. */
export async function coverWhole(images: ImageStore, bounds: PixelRect): Promise<TileImage> {
  const pace = createPace()
  let mask = emptyImage('mask8', bounds)
  for (const { part } of touchedTiles(bounds)) {
    mask = await images.writeRegion(mask, part, new Uint8Array(part.width * part.height).fill(255))
    await pace()
  }
  return mask
}
