import { containsRect, intersectRects, type PixelRect } from '../../electron/api/geometry.ts'
import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import { FULL_TILE, listTilesIn, MaskDraft, type MaskTiles, parseTileKey, tileRect } from './mask-tiles.ts'
import type { Pieces } from './pieces.ts'
import { UNITS_PER_PIXEL } from './stroke-points.ts'

/** Sets the mask of all pixels in `rect` to full or to nothing. */
export function drawRectangle(tiles: MaskTiles, bounds: PixelRect, rect: PixelRect, isErase: boolean): MaskTiles {
  const clipped = intersectRects(rect, bounds)
  if (clipped === undefined) return tiles
  const draft = new MaskDraft(tiles)
  for (const position of listTilesIn(clipped)) {
    const key = tileKey(position.column, position.row)
    if (isErase ? !tiles.has(key) : tiles.get(key) === FULL_TILE) continue
    const tile = tileRect(position)
    if (containsRect(clipped, tile)) {
      if (isErase) draft.remove(key)
      else draft.replace(key, FULL_TILE)
    } else fillPart(draft.write(key), tile, clipped, isErase ? 0 : 255)
  }
  return draft.finish()
}

/** The mask turned round within the bounds. */
export function* invertMask(tiles: MaskTiles, bounds: PixelRect): Pieces<MaskTiles> {
  const draft = new MaskDraft(tiles)
  const positions = listTilesIn(bounds)
  for (const [i, position] of positions.entries()) {
    yield i / positions.length
    const key = tileKey(position.column, position.row)
    const tile = tileRect(position)
    const held = tiles.get(key)
    const isInside = containsRect(bounds, tile)
    if (isInside && held === undefined) draft.replace(key, FULL_TILE)
    else if (isInside && held === FULL_TILE) draft.remove(key)
    else {
      const bytes = draft.write(key)
      forEachRowPart(tile, bounds, (from, to) => {
        for (let i = from; i < to; i++) bytes[i] = 255 - (bytes[i] ?? 0)
      })
    }
  }
  return draft.finish()
}

/** The mask inside `rect`; nothing outside. */
export function intersectMask(tiles: MaskTiles, rect: PixelRect): MaskTiles {
  const draft = new MaskDraft(tiles)
  for (const [key, bytes] of tiles) {
    const tile = tileRect(parseTileKey(key))
    if (containsRect(rect, tile)) continue
    draft.remove(key)
    const part = intersectRects(rect, tile)
    if (part === undefined) continue
    const kept = draft.write(key)
    forEachRowPart(tile, part, (from, to) => kept.set(bytes.subarray(from, to), from))
  }
  return draft.finish()
}

interface QuarterPoint {
  readonly xQuarters: number
  readonly yQuarters: number
}

/** Lines sampled per pixel row, at eighths of a pixel 1, 3, 5, 7: never on a corner, which lies on quarters. */
const SAMPLES_PER_ROW = 4
const EIGHTHS_PER_PIXEL = 8
/** Resolution of coverage along a row. */
const STEPS_PER_PIXEL = 16
const FULL_COVERAGE = SAMPLES_PER_ROW * STEPS_PER_PIXEL

/**
 * Masks or unmasks the inside of a closed polygon by the even-odd rule, with anti-aliased edges. Whole-number arithmetic
 * after the crossings are rounded to 1/16 pixel: the same bytes everywhere.
 */
export function drawPolygon(
  tiles: MaskTiles,
  bounds: PixelRect,
  corners: readonly QuarterPoint[],
  isErase: boolean,
): MaskTiles {
  const clipped = intersectRects(polygonRect(corners), bounds)
  if (clipped === undefined) return tiles
  const draft = new MaskDraft(tiles)
  const crossings = findCrossings(corners, clipped)
  // Coverage of a row as differences: steps.at(x) changes by what begins or ends there; one more for spans that end at the edge.
  const coverage = new Int32Array(clipped.width + 2)
  for (let line = 0; line < clipped.height; line++) {
    coverage.fill(0)
    for (let sample = 0; sample < SAMPLES_PER_ROW; sample++) {
      const row = crossings[line * SAMPLES_PER_ROW + sample]?.sort((a, b) => a - b) ?? []
      for (let i = 0; i + 1 < row.length; i += 2) addSpan(coverage, row[i] ?? 0, row[i + 1] ?? 0, clipped)
    }
    writeRow(draft, clipped, clipped.y + line, coverage, isErase)
  }
  return draft.finish()
}

function polygonRect(corners: readonly QuarterPoint[]): PixelRect {
  const xs = corners.map(({ xQuarters }) => xQuarters)
  const ys = corners.map(({ yQuarters }) => yQuarters)
  // Not Math.min(...xs): a lasso may have more corners than a call takes arguments.
  const least = (values: number[]) => Math.floor(values.reduce((a, b) => Math.min(a, b)) / UNITS_PER_PIXEL)
  const most = (values: number[]) => Math.ceil(values.reduce((a, b) => Math.max(a, b)) / UNITS_PER_PIXEL)
  const x = least(xs)
  const y = least(ys)
  return { x, y, width: Math.max(1, most(xs) - x), height: Math.max(1, most(ys) - y) }
}

/** For each sampled line of `area`, where the outline crosses it, in 1/16 pixels of the document. */
function findCrossings(corners: readonly QuarterPoint[], area: PixelRect): number[][] {
  const lines: number[][] = Array.from({ length: area.height * SAMPLES_PER_ROW }, () => [])
  const toEighths = EIGHTHS_PER_PIXEL / UNITS_PER_PIXEL
  corners.forEach((corner, i) => {
    const next = corners[(i + 1) % corners.length] ?? corner
    const [upper, lower] = corner.yQuarters < next.yQuarters ? [corner, next] : [next, corner]
    const top = upper.yQuarters * toEighths - area.y * EIGHTHS_PER_PIXEL
    const bottom = lower.yQuarters * toEighths - area.y * EIGHTHS_PER_PIXEL
    // Line n lies at eighth 2n + 1; the first one below `top`, up to the last one above `bottom`.
    const firstLine = Math.max(0, Math.ceil((top - 1) / 2))
    const endLine = Math.min(lines.length, Math.ceil((bottom - 1) / 2))
    for (let line = firstLine; line < endLine; line++) {
      const share = (2 * line + 1 - top) / (bottom - top)
      const xQuarters = upper.xQuarters + share * (lower.xQuarters - upper.xQuarters)
      lines[line]?.push(Math.round((xQuarters * STEPS_PER_PIXEL) / UNITS_PER_PIXEL))
    }
  })
  return lines
}

/** Adds one covered span of one sampled line. `from` and `to` in 1/16 pixels of the document. */
function addSpan(coverage: Int32Array, from: number, to: number, area: PixelRect): void {
  const start = Math.max(0, from - area.x * STEPS_PER_PIXEL)
  const end = Math.min(area.width * STEPS_PER_PIXEL, to - area.x * STEPS_PER_PIXEL)
  if (end > start) {
    addEdge(coverage, start, 1)
    addEdge(coverage, end, -1)
  }
}

/** From `at` on, coverage is one sample more (or less): the pixel it lies in gets its share, the next one the rest. */
function addEdge(coverage: Int32Array, at: number, sign: 1 | -1): void {
  const pixel = Math.floor(at / STEPS_PER_PIXEL)
  const inPixel = (pixel + 1) * STEPS_PER_PIXEL - at
  coverage[pixel] = (coverage[pixel] ?? 0) + sign * inPixel
  coverage[pixel + 1] = (coverage[pixel + 1] ?? 0) + sign * (STEPS_PER_PIXEL - inPixel)
}

function writeRow(draft: MaskDraft, area: PixelRect, y: number, coverage: Int32Array, isErase: boolean): void {
  let sum = 0
  const line = { x: area.x, y, width: area.width, height: 1 }
  for (const position of listTilesIn(line)) {
    const key = tileKey(position.column, position.row)
    const tile = tileRect(position)
    let bytes: Uint8Array | undefined
    forEachRowPart(tile, line, (from, to) => {
      let i = Math.max(line.x, tile.x) - line.x
      for (let index = from; index < to; index++, i++) {
        sum += coverage[i] ?? 0
        if (sum === 0) continue
        const value = Math.round((sum * 255) / FULL_COVERAGE)
        bytes ??= draft.write(key)
        const old = bytes[index] ?? 0
        bytes[index] = isErase ? Math.min(old, 255 - value) : Math.max(old, value)
      }
    })
  }
}

function fillPart(bytes: Uint8Array, tile: PixelRect, rect: PixelRect, value: number): void {
  forEachRowPart(tile, rect, (from, to) => bytes.fill(value, from, to))
}

/** Calls with the byte range [from, to) of every row of a tile that lies in `rect`. */
function forEachRowPart(tile: PixelRect, rect: PixelRect, visit: (from: number, to: number) => void): void {
  const part = intersectRects(tile, rect)
  if (part === undefined) return
  for (let y = part.y; y < part.y + part.height; y++) {
    const from = (y - tile.y) * TILE_SIZE + part.x - tile.x
    visit(from, from + part.width)
  }
}
