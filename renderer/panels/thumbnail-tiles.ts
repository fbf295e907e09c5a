import type { PixelRect } from '../../electron/api/geometry.ts'
import { TILE_SIZE } from '../../electron/api/images.ts'

/** Where one tile of a level goes in a thumbnail, in the thumbnail's pixels. */
export interface PlacedTile {
  readonly level: number
  readonly key: string
  readonly x: number
  readonly y: number
  readonly side: number
}

/** The tiles that show `rect` of a picture at about `pixelCount` pixels on its longer side, and where they go. */
export function placeTiles(rect: PixelRect, pixelCount: number): { scale: number; tiles: PlacedTile[] } {
  const scale = pixelCount / Math.max(rect.width, rect.height)
  // The smallest level that still has a pixel for each of the thumbnail's.
  const level = Math.max(0, Math.floor(Math.log2(1 / scale)))
  const span = TILE_SIZE * 2 ** level
  const tiles: PlacedTile[] = []
  for (let row = Math.floor(rect.y / span); row * span < rect.y + rect.height; row++) {
    for (let column = Math.floor(rect.x / span); column * span < rect.x + rect.width; column++) {
      const x = (column * span - rect.x) * scale
      const y = (row * span - rect.y) * scale
      tiles.push({ level, key: `${column},${row}`, x, y, side: span * scale })
    }
  }
  return { scale, tiles }
}
