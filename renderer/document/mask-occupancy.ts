import { intersectRects, type PixelRect, unionRects } from '../../electron/api/geometry.ts'
import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import { FULL_TILE, listTilesIn, type MaskTiles, parseTileKey, TILE_BYTES, tileRect } from './mask-tiles.ts'

/** Where in a tile the mask is above 0. */
interface TileOccupancy {
  /** For each row the first masked column (TILE_SIZE: none) and the column after the last one. */
  readonly starts: Uint16Array
  readonly ends: Uint16Array
  /** Bounding box within the tile, or undefined where all of it is zero. */
  readonly box: PixelRect | undefined
}

/** By a tile's bytes, which are not written any more once they are in a document. */
const occupancies = new WeakMap<Uint8Array, TileOccupancy>()

/** To be called by whoever still writes a tile's bytes. */
export function forgetOccupancy(bytes: Uint8Array): void {
  occupancies.delete(bytes)
}

/** The bounding box of the mask, in whole image pixels. */
export function findMaskBounds(tiles: MaskTiles): PixelRect | undefined {
  let bounds: PixelRect | undefined
  for (const [key, bytes] of tiles) {
    const { box } = occupancyOf(bytes)
    if (box === undefined) continue
    const { column, row } = parseTileKey(key)
    const placed = { ...box, x: box.x + column * TILE_SIZE, y: box.y + row * TILE_SIZE }
    bounds = bounds === undefined ? placed : unionRects(bounds, placed)
  }
  return bounds
}

/** Whether some pixel of `rect` has a mask above 0: the question of `findTouchedCells`. */
export function isAnyMasked(tiles: MaskTiles, rect: PixelRect): boolean {
  return listTilesIn(rect).some((position) => {
    const bytes = tiles.get(tileKey(position.column, position.row))
    const part = bytes && intersectRects(rect, tileRect(position))
    if (bytes === undefined || part === undefined) return false
    const { starts, ends } = occupancyOf(bytes)
    const from = part.x - position.column * TILE_SIZE
    const to = from + part.width
    const firstRow = part.y - position.row * TILE_SIZE
    for (let row = firstRow; row < firstRow + part.height; row++) {
      const start = starts[row] ?? TILE_SIZE
      const end = ends[row] ?? 0
      if (start >= to || end <= from) continue
      // The first or the last masked pixel of the row lies inside; else there may be a hole.
      if (start >= from || end <= to) return true
      if (bytes.subarray(row * TILE_SIZE + from, row * TILE_SIZE + to).some((value) => value > 0)) return true
    }
    return false
  })
}

/** Whether every pixel of `rect` is masked fully. */
export function isAllMasked(tiles: MaskTiles, rect: PixelRect): boolean {
  return listTilesIn(rect).every((position) => {
    const bytes = tiles.get(tileKey(position.column, position.row))
    const part = intersectRects(rect, tileRect(position))
    if (bytes === FULL_TILE || part === undefined) return true
    if (bytes === undefined) return false
    const from = part.x - position.column * TILE_SIZE
    const firstRow = part.y - position.row * TILE_SIZE
    for (let row = firstRow; row < firstRow + part.height; row++) {
      const at = row * TILE_SIZE + from
      if (bytes.subarray(at, at + part.width).some((value) => value < 255)) return false
    }
    return true
  })
}

/** How many pixels have a mask above 0. */
export function countMaskedPixels(tiles: MaskTiles): number {
  let count = 0
  for (const bytes of tiles.values()) {
    if (bytes === FULL_TILE) count += TILE_BYTES
    else for (let i = 0; i < TILE_BYTES; i++) if (bytes[i] !== 0) count++
  }
  return count
}

function occupancyOf(bytes: Uint8Array): TileOccupancy {
  const known = occupancies.get(bytes)
  if (known !== undefined) return known
  const occupancy = scanTile(bytes)
  occupancies.set(bytes, occupancy)
  return occupancy
}

function scanTile(bytes: Uint8Array): TileOccupancy {
  const starts = new Uint16Array(TILE_SIZE).fill(TILE_SIZE)
  const ends = new Uint16Array(TILE_SIZE)
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, TILE_BYTES / 4)
  const wordsPerRow = TILE_SIZE / 4
  let [left, top, right, bottom] = [TILE_SIZE, TILE_SIZE, 0, 0]
  for (let row = 0; row < TILE_SIZE; row++) {
    let first = row * wordsPerRow
    const endOfRow = first + wordsPerRow
    while (first < endOfRow && words[first] === 0) first++
    if (first === endOfRow) continue
    let last = endOfRow - 1
    while (words[last] === 0) last--
    let start = first * 4
    while (bytes[start] === 0) start++
    let end = last * 4 + 4
    while (bytes[end - 1] === 0) end--
    starts[row] = start - row * TILE_SIZE
    ends[row] = end - row * TILE_SIZE
    left = Math.min(left, start - row * TILE_SIZE)
    right = Math.max(right, end - row * TILE_SIZE)
    top = Math.min(top, row)
    bottom = row + 1
  }
  const box = bottom === 0 ? undefined : { x: left, y: top, width: right - left, height: bottom - top }
  return { starts, ends, box }
}
