import { containsRect, type PixelRect } from '../../electron/api/geometry.ts'
import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import { FULL_TILE, listTilesIn, MaskDraft, type MaskTiles, readMaskRect, TILE_BYTES, tileRect } from './mask-tiles.ts'

/** In image pixels: one tile. Farther than that nobody grows a mask, and a tile's neighbours are all that is looked at. */
export const MAX_GROWTH = TILE_SIZE
/** A regular octagon of inradius 1 has corners cut by 2 − √2 = 0.586 of its side: half of it at each diagonal step. */
const CUT_SHARE = 0.293

/**
 * The mask grown by `distance` pixels on all sides: at each pixel the strongest value within an octagon around it, which
 * lies within 8 % of a circle. Soft edges stay as soft as they were.
 */
export function growMask(tiles: MaskTiles, bounds: PixelRect, distance: number): MaskTiles {
  return filterTiles(tiles, bounds, distance, (pixels, width) => dilate(pixels, width, distance))
}

/** The mask shrunk by `distance` pixels. An edge of the picture is no edge of the mask: what touches it stays there. */
export function shrinkMask(tiles: MaskTiles, bounds: PixelRect, distance: number): MaskTiles {
  return filterTiles(tiles, bounds, distance, (pixels, width, isInside) => {
    for (let i = 0; i < pixels.length; i++) pixels[i] = isInside(i) ? 255 - (pixels[i] ?? 0) : 0
    const grown = dilate(pixels, width, distance)
    for (let i = 0; i < grown.length; i++) grown[i] = 255 - (grown[i] ?? 0)
    return grown
  })
}

type SquareFilter = (pixels: Uint8Array, width: number, isInside: (index: number) => boolean) => Uint8Array

/** Applies a filter that looks `distance` far, tile by tile; tiles whose surroundings are all the same are left out. */
function filterTiles(tiles: MaskTiles, bounds: PixelRect, distance: number, filter: SquareFilter): MaskTiles {
  const draft = new MaskDraft(tiles)
  const width = TILE_SIZE + 2 * distance
  for (const position of listTilesIn(bounds)) {
    const key = tileKey(position.column, position.row)
    const tile = tileRect(position)
    const around = { x: tile.x - distance, y: tile.y - distance, width, height: width }
    if (isUniform(tiles, around, bounds)) continue
    const isAllInside = containsRect(bounds, around)
    const isInside = (index: number) => isAllInside || isPixelInside(bounds, around, index)
    const filtered = filter(readMaskRect(tiles, around), width, isInside)
    const bytes = new Uint8Array(TILE_BYTES)
    for (let row = 0; row < TILE_SIZE; row++) {
      const start = (row + distance) * width + distance
      bytes.set(filtered.subarray(start, start + TILE_SIZE), row * TILE_SIZE)
    }
    if (!containsRect(bounds, tile)) {
      for (let i = 0; i < TILE_BYTES; i++) {
        const [x, y] = [tile.x + (i % TILE_SIZE), tile.y + Math.floor(i / TILE_SIZE)]
        if (!containsRect(bounds, { x, y, width: 1, height: 1 })) bytes[i] = 0
      }
    }
    draft.write(key).set(bytes)
  }
  return draft.finish()
}

/** Whether the mask is the same in all of `area` that lies in the bounds, as far as whole tiles tell. */
function isUniform(tiles: MaskTiles, area: PixelRect, bounds: PixelRect): boolean {
  const held = listTilesIn(area)
    .filter((position) => containsRect(bounds, tileRect(position)))
    .map(({ column, row }) => tiles.get(tileKey(column, row)))
  const isCut = listTilesIn(area).some((position) => !containsRect(bounds, tileRect(position)))
  if (held.length === 0 || isCut) return listTilesIn(area).every(({ column, row }) => !tiles.has(tileKey(column, row)))
  return held.every((bytes) => bytes === held[0] && (bytes === undefined || bytes === FULL_TILE))
}

function isPixelInside(bounds: PixelRect, area: PixelRect, index: number): boolean {
  const x = area.x + (index % area.width)
  const y = area.y + Math.floor(index / area.width)
  return x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height
}

/** The largest value within an octagon: a square, then its corners cut by two diagonal runs. `pixels` is square and reused. */
function dilate(pixels: Uint8Array, width: number, distance: number): Uint8Array {
  const cut = distance < 3 ? 0 : Math.round(distance * CUT_SHARE)
  const reach = distance - 2 * cut
  for (let i = 0; i < width; i++) {
    maximizeRun(pixels, i * width, 1, width, reach)
  }
  for (let i = 0; i < width; i++) maximizeRun(pixels, i, width, width, reach)
  if (cut === 0) return pixels
  for (let i = 0; i < width; i++) {
    // Diagonals down to the right: from the top edge and from the left one; then down to the left.
    maximizeRun(pixels, i, width + 1, width - i, cut)
    if (i > 0) maximizeRun(pixels, i * width, width + 1, width - i, cut)
  }
  for (let i = 0; i < width; i++) {
    maximizeRun(pixels, i, width - 1, i + 1, cut)
    if (i > 0) maximizeRun(pixels, i * width + width - 1, width - 1, width - i, cut)
  }
  return pixels
}

const forward = new Uint8Array(4 * TILE_SIZE)
const backward = new Uint8Array(4 * TILE_SIZE)

/**
 * Replaces each of `count` values, `stride` apart from `start` on, by the largest within `reach` on both sides. Cost does
 * not depend on `reach` (van Herk 1992, Gil and Werman 1993): running maxima of blocks of the window's length from both ends.
 */
function maximizeRun(values: Uint8Array, start: number, stride: number, count: number, reach: number): void {
  const block = 2 * reach + 1
  for (let i = 0; i < count; i++) {
    const value = values[start + i * stride] ?? 0
    forward[i] = i % block === 0 ? value : Math.max(forward[i - 1] ?? 0, value)
  }
  for (let i = count - 1; i >= 0; i--) {
    const value = values[start + i * stride] ?? 0
    backward[i] = i === count - 1 || (i + 1) % block === 0 ? value : Math.max(backward[i + 1] ?? 0, value)
  }
  for (let i = 0; i < count; i++) {
    const low = Math.max(0, i - reach)
    const high = Math.min(count - 1, i + reach)
    values[start + i * stride] = windowMax(low, high, block)
  }
}

function windowMax(low: number, high: number, block: number): number {
  const lowBlock = Math.floor(low / block)
  const highBlock = Math.floor(high / block)
  if (lowBlock !== highBlock) return Math.max(backward[low] ?? 0, forward[high] ?? 0)
  // One block: all of it, or the window is cut off at the start or at the end of the run.
  return low % block === 0 ? (forward[high] ?? 0) : (backward[low] ?? 0)
}
