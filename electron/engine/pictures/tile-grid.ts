import { intersectRects, type PixelRect } from '../../api/geometry.ts'
import { TILE_SIZE } from '../../api/images.ts'

/** A tile that a rectangle touches. */
export interface TouchedTile {
  readonly column: number
  readonly row: number
  /** The part of the rectangle that lies in the tile, in document coordinates. */
  readonly part: PixelRect
}

/** The tile's place in document coordinates. */
export function tileRect(column: number, row: number): PixelRect {
  return { x: column * TILE_SIZE, y: row * TILE_SIZE, width: TILE_SIZE, height: TILE_SIZE }
}

/** The columns and rows of tiles that a rectangle touches. */
export function tileSpan({ x, y, width, height }: PixelRect): PixelRect {
  const [column, row] = [Math.floor(x / TILE_SIZE), Math.floor(y / TILE_SIZE)]
  return {
    x: column,
    y: row,
    width: Math.ceil((x + width) / TILE_SIZE) - column,
    height: Math.ceil((y + height) / TILE_SIZE) - row,
  }
}

/** Every tile a rectangle touches, row by row. */
export function* touchedTiles(rect: PixelRect): Generator<TouchedTile> {
  const span = tileSpan(rect)
  for (let row = span.y; row < span.y + span.height; row++) {
    for (let column = span.x; column < span.x + span.width; column++) {
      const part = intersectRects(rect, tileRect(column, row))
      if (part) yield { column, row, part }
    }
  }
}

export function parseTileKey(key: string): [column: number, row: number] {
  const [column, row] = key.split(',')
  return [Number(column), Number(row)]
}

/** Rows of raw pixels that lie in `rect` of the document, row-major. */
export interface Raster {
  readonly rect: PixelRect
  readonly bytes: Uint8Array
}

/** Copies `part`, which both rasters contain, from one to the other. */
export function copyPart(from: Raster, to: Raster, part: PixelRect, bytesPerPixel: number): void {
  const length = part.width * bytesPerPixel
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = offsetOf(from.rect, part.x, y, bytesPerPixel)
    to.bytes.set(from.bytes.subarray(start, start + length), offsetOf(to.rect, part.x, y, bytesPerPixel))
  }
}

function offsetOf(rect: PixelRect, x: number, y: number, bytesPerPixel: number): number {
  return ((y - rect.y) * rect.width + (x - rect.x)) * bytesPerPixel
}
