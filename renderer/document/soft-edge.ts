import { widenMask } from '../../electron/api/edge-band.ts'
import { intersectRects, type PixelRect } from '../../electron/api/geometry.ts'
import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import { listTilesIn, type MaskTiles, normalizeTiles, parseTileKey, readMaskRect, TILE_BYTES, tileRect } from './mask-tiles.ts'

/** What an edit with an edge band makes of a mask. */
export interface SoftEdge {
  /** In image pixels. */
  readonly band: number
  /** Whether the mask says what stays. */
  readonly isAroundMask: boolean
}

/** By mask: masks are immutable, and the same one is asked about in every frame. */
const softened = new WeakMap<MaskTiles, { edge: SoftEdge; bounds: PixelRect; tiles: MaskTiles }>()

/** Where an edit writes, in proportion: the same as the engine's (`electron/engine/pictures/derived-masks.ts`). */
export function softenMask(mask: MaskTiles, bounds: PixelRect, edge: SoftEdge): MaskTiles {
  const known = findSoftened(mask, bounds, edge)
  if (known !== undefined) return known
  const tiles = new Map<string, Uint8Array>()
  for (const position of listReached(mask, bounds, edge)) {
    const part = intersectRects(tileRect(position), bounds)
    if (part) tiles.set(tileKey(position.column, position.row), softenTile(mask, bounds, edge, part))
  }
  const normal = normalizeTiles(tiles)
  softened.set(mask, { edge, bounds, tiles: normal })
  return normal
}

/** The same where it was asked for before; undefined where it would have to be drawn. */
export function findSoftened(mask: MaskTiles, bounds: PixelRect, { band, isAroundMask }: SoftEdge): MaskTiles | undefined {
  const known = softened.get(mask)
  const isSame = known?.bounds === bounds && known.edge.band === band && known.edge.isAroundMask === isAroundMask
  return isSame ? known.tiles : undefined
}

/** How many tiles `softenMask` would draw. */
export function countReached(mask: MaskTiles, bounds: PixelRect, edge: SoftEdge): number {
  return listReached(mask, bounds, edge).length
}

function listReached(mask: MaskTiles, bounds: PixelRect, { band, isAroundMask }: SoftEdge) {
  if (isAroundMask) return listTilesIn(bounds)
  const keys = new Set<string>()
  for (const key of mask.keys()) {
    const { x, y, width, height } = tileRect(parseTileKey(key))
    const around = { x: x - band, y: y - band, width: width + 2 * band, height: height + 2 * band }
    for (const { column, row } of listTilesIn(around)) keys.add(tileKey(column, row))
  }
  return [...keys].map(parseTileKey)
}

/** A whole tile, zero beyond `part`. */
function softenTile(mask: MaskTiles, bounds: PixelRect, { band, isAroundMask }: SoftEdge, part: PixelRect): Uint8Array {
  const { x, y, width, height } = part
  const around = { x: x - band, y: y - band, width: width + 2 * band, height: height + 2 * band }
  const seen = intersectRects(around, bounds) ?? part
  const painted = readMaskRect(mask, seen)
  const widened = widenMask(isAroundMask ? painted.map((strength) => 255 - strength) : painted, seen.width, band)
  const tile = new Uint8Array(TILE_BYTES)
  const [left, top] = [x - Math.floor(x / TILE_SIZE) * TILE_SIZE, y - Math.floor(y / TILE_SIZE) * TILE_SIZE]
  for (let row = 0; row < height; row++) {
    const start = (y + row - seen.y) * seen.width + x - seen.x
    tile.set(widened.subarray(start, start + width), (top + row) * TILE_SIZE + left)
  }
  return tile
}
