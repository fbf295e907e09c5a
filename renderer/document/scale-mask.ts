import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import { FULL_TILE, type MaskTiles, normalizeTiles, parseTileKey, TILE_BYTES } from './mask-tiles.ts'
import type { Pieces } from './pieces.ts'

/** A mask over a picture that has become `factor` times as large: every pixel of it a square of so many. @param factor  whole. */
export function* scaleMask(tiles: MaskTiles, factor: number): Pieces<MaskTiles> {
  const scaled = new Map<string, Uint8Array>()
  let done = 0
  for (const [key, bytes] of tiles) {
    const { column, row } = parseTileKey(key)
    for (let down = 0; down < factor; down++) {
      for (let right = 0; right < factor; right++) {
        const part = bytes === FULL_TILE ? FULL_TILE : enlargePart(bytes, factor, right, down)
        scaled.set(tileKey(column * factor + right, row * factor + down), part)
      }
    }
    yield ++done / tiles.size
  }
  return normalizeTiles(scaled)
}

/** Of a tile that many times as large, the tile that lies `right` and `down` in it. */
function enlargePart(bytes: Uint8Array, factor: number, right: number, down: number): Uint8Array {
  const part = new Uint8Array(TILE_BYTES)
  for (let y = 0; y < TILE_SIZE; y++) {
    const from = Math.floor((down * TILE_SIZE + y) / factor) * TILE_SIZE
    for (let x = 0; x < TILE_SIZE; x++) part[y * TILE_SIZE + x] = bytes[from + Math.floor((right * TILE_SIZE + x) / factor)]!
  }
  return part
}
