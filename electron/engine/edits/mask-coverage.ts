import { intersectRects, unionRects, type PixelRect } from '../../api/geometry.ts'
import { tileKey, type TileImage } from '../../api/images.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { createPace } from '../pacing/pacing.ts'
import { parseTileKey, tileRect, touchedTiles } from '../pictures/tile-grid.ts'
import type { MaskCoverage } from './edit.ts'

interface CoveredTile {
  /** Where in the document the tile has pixels above 0: their bounding box. */
  readonly bounds: PixelRect
  /** The tile's part on the picture, and its bytes. */
  readonly rect: PixelRect
  readonly bytes: Uint8Array
}

/** Where a pixel mask is above 0 within the picture; undefined where nowhere. Tiles that are absent cost nothing. */
export async function readMaskCoverage(
  images: ImageStore,
  mask: TileImage,
  picture: PixelRect,
): Promise<MaskCoverage | undefined> {
  const tiles = new Map<string, CoveredTile>()
  const pace = createPace()
  for (const key of Object.keys(mask.tiles)) {
    const inMask = intersectRects(tileRect(...parseTileKey(key)), mask.bounds)
    const rect = inMask && intersectRects(inMask, picture)
    if (rect === undefined) continue
    const bytes = (await images.readRegion(mask, rect)) as Uint8Array
    const bounds = boundsOfMasked(bytes, rect)
    if (bounds) tiles.set(key, { bounds, rect, bytes })
    await pace()
  }
  const [first, ...others] = [...tiles.values()].map(({ bounds }) => bounds)
  if (first === undefined) return undefined
  return { bounds: others.reduce(unionRects, first), isAnyMasked: (rect) => isAnyMasked(tiles, rect) }
}

function isAnyMasked(tiles: ReadonlyMap<string, CoveredTile>, rect: PixelRect): boolean {
  for (const { column, row } of touchedTiles(rect)) {
    const tile = tiles.get(tileKey(column, row))
    if (tile && isAnyMaskedInTile(tile, rect)) return true
  }
  return false
}

function isAnyMaskedInTile({ bounds, rect, bytes }: CoveredTile, wanted: PixelRect): boolean {
  const part = intersectRects(bounds, wanted)
  if (part === undefined) return false
  // All of the bounding box: then there is no need to look.
  if (part.width === bounds.width && part.height === bounds.height) return true
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y - rect.y) * rect.width + part.x - rect.x
    for (let i = start; i < start + part.width; i++) if (bytes[i]! > 0) return true
  }
  return false
}

function boundsOfMasked(bytes: Uint8Array, { x, y, width, height }: PixelRect): PixelRect | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (bytes[row * width + column] === 0) continue
      left = Math.min(left, column)
      right = Math.max(right, column)
      top = Math.min(top, row)
      bottom = row
    }
  }
  return right < 0 ? undefined : { x: x + left, y: y + top, width: right - left + 1, height: bottom - top + 1 }
}
