import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import type { PixelRect } from '../../electron/api/geometry.ts'

/**
 * A pixel mask as immutable tiles: "column,row" → TILE_SIZE × TILE_SIZE bytes, row-major, 0 = stays, 255 = may change fully.
 * An absent tile is all zero. In normal form (what every command leaves) no tile is all zero and a tile that is all 255 is
 * `FULL_TILE` itself, so that equality of names and emptiness are cheap. Bytes are never written once they are in such a map.
 */
export type MaskTiles = ReadonlyMap<string, Uint8Array>

export const TILE_BYTES = TILE_SIZE * TILE_SIZE
export const NO_TILES: MaskTiles = new Map()
export const FULL_TILE: Uint8Array = new Uint8Array(TILE_BYTES).fill(255)

export interface TilePosition {
  readonly column: number
  readonly row: number
}

export function parseTileKey(key: string): TilePosition {
  const comma = key.indexOf(',')
  return { column: Number(key.slice(0, comma)), row: Number(key.slice(comma + 1)) }
}

export function tileRect({ column, row }: TilePosition): PixelRect {
  return { x: column * TILE_SIZE, y: row * TILE_SIZE, width: TILE_SIZE, height: TILE_SIZE }
}

/** Tiles that a rectangle touches, row by row. */
export function listTilesIn(rect: PixelRect): TilePosition[] {
  const positions: TilePosition[] = []
  const lastRow = Math.floor((rect.y + rect.height - 1) / TILE_SIZE)
  const lastColumn = Math.floor((rect.x + rect.width - 1) / TILE_SIZE)
  for (let row = Math.floor(rect.y / TILE_SIZE); row <= lastRow; row++) {
    for (let column = Math.floor(rect.x / TILE_SIZE); column <= lastColumn; column++) positions.push({ column, row })
  }
  return positions
}

/** The mask at one image pixel, 0–255. */
export function readMaskAt(tiles: MaskTiles, x: number, y: number): number {
  const column = Math.floor(x / TILE_SIZE)
  const row = Math.floor(y / TILE_SIZE)
  return tiles.get(tileKey(column, row))?.[(y - row * TILE_SIZE) * TILE_SIZE + (x - column * TILE_SIZE)] ?? 0
}

/** Copies `rect` of the mask into a row-major buffer, one byte a pixel. */
export function readMaskRect(tiles: MaskTiles, rect: PixelRect): Uint8Array {
  const pixels = new Uint8Array(rect.width * rect.height)
  for (const position of listTilesIn(rect)) {
    const bytes = tiles.get(tileKey(position.column, position.row))
    if (bytes === undefined) continue
    const tile = tileRect(position)
    const fromX = Math.max(rect.x, tile.x)
    const toX = Math.min(rect.x + rect.width, tile.x + TILE_SIZE)
    const toY = Math.min(rect.y + rect.height, tile.y + TILE_SIZE)
    for (let y = Math.max(rect.y, tile.y); y < toY; y++) {
      const start = (y - tile.y) * TILE_SIZE - tile.x
      pixels.set(bytes.subarray(start + fromX, start + toX), (y - rect.y) * rect.width + fromX - rect.x)
    }
  }
  return pixels
}

/** A mask being changed: tiles are copied when they are first written, so the map it started from stays as it was. */
export class MaskDraft {
  readonly #base: MaskTiles
  readonly #tiles: Map<string, Uint8Array>
  readonly #writtenKeys = new Set<string>()

  constructor(base: MaskTiles) {
    this.#base = base
    this.#tiles = new Map(base)
  }

  /** The mask as it is now; changes as it is written, and is not yet in normal form. */
  get tiles(): MaskTiles {
    return this.#tiles
  }

  /** The tile's own bytes, to be written. */
  write(key: string): Uint8Array {
    const held = this.#tiles.get(key)
    if (held !== undefined && this.#writtenKeys.has(key)) return held
    const bytes = held?.slice() ?? new Uint8Array(TILE_BYTES)
    this.#writtenKeys.add(key)
    this.#tiles.set(key, bytes)
    return bytes
  }

  /** Puts a whole tile in place. It may be one that others hold too: a later `write` copies it. */
  replace(key: string, bytes: Uint8Array): void {
    this.#writtenKeys.delete(key)
    this.#tiles.set(key, bytes)
  }

  remove(key: string): void {
    this.#writtenKeys.delete(key)
    this.#tiles.delete(key)
  }

  /** The mask in normal form; the one it started from where nothing differs. Nothing may be written afterwards. */
  finish(): MaskTiles {
    for (const key of this.#writtenKeys) {
      const bytes = this.#tiles.get(key)
      const uniform = bytes && findUniformValue(bytes)
      if (uniform === 0) this.#tiles.delete(key)
      else if (uniform === 255) this.#tiles.set(key, FULL_TILE)
    }
    return areMasksEqual(this.#tiles, this.#base) ? this.#base : this.#tiles
  }
}

/** Tiles from elsewhere in normal form. */
export function normalizeTiles(tiles: MaskTiles): MaskTiles {
  const normal = new Map<string, Uint8Array>()
  for (const [key, bytes] of tiles) {
    const uniform = findUniformValue(bytes)
    if (uniform !== 0) normal.set(key, uniform === 255 ? FULL_TILE : bytes)
  }
  return normal
}

/** Whether two masks in normal form are the same at every pixel. */
export function areMasksEqual(a: MaskTiles, b: MaskTiles): boolean {
  if (a.size !== b.size) return false
  for (const [key, bytes] of a) {
    const other = b.get(key)
    if (bytes !== other && (other === undefined || !areBytesEqual(bytes, other))) return false
  }
  return true
}

function areBytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** The one value all bytes of a tile have, or undefined. */
export function findUniformValue(bytes: Uint8Array): number | undefined {
  if (bytes === FULL_TILE) return 255
  const first = bytes[0] ?? 0
  const expected = first * 0x0101_0101
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  for (let i = 0; i < words.length; i++) if (words[i] !== expected) return undefined
  return first
}
