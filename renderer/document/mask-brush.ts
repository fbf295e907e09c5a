import { intersectRects, type PixelRect } from '../../electron/api/geometry.ts'
import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import { forgetOccupancy } from './mask-occupancy.ts'
import { FULL_TILE, listTilesIn, MaskDraft, type MaskTiles, type TilePosition } from './mask-tiles.ts'
import { FULL_PRESSURE, type StrokePoint, UNITS_PER_PIXEL } from './stroke-points.ts'

export interface MaskBrush {
  /** Diameter at full pressure, in image pixels. */
  readonly size: number
  /** Share of the radius that is covered fully, 0–1; from there the edge falls off smoothly. */
  readonly hardness: number
  readonly isErase: boolean
}

/** Half the width of the softest step an edge is given, in image pixels: a hard edge is anti-aliased, not jagged. */
const EDGE = 0.5

/**
 * A stroke being drawn into a pixel mask: each move covers the area swept by the brush, so there are no dabs to be seen at
 * any speed and the cost is the area. Painting takes the larger of old and new, erasing the smaller: going over a
 * place twice changes nothing.
 *
 * Deterministic to the byte on every machine: only + − × ÷ and square root, which IEEE 754 rounds alike everywhere.
 */
export class MaskStroke {
  readonly #draft: MaskDraft
  readonly #bounds: PixelRect
  readonly #brush: MaskBrush
  #last: StrokePoint | undefined

  constructor(base: MaskTiles, bounds: PixelRect, brush: MaskBrush) {
    this.#draft = new MaskDraft(base)
    this.#bounds = bounds
    this.#brush = brush
  }

  /** The mask as it is now. Changes with every `add`. */
  get tiles(): MaskTiles {
    return this.#draft.tiles
  }

  /** Draws from the last point to this one. Returns where pixels may have changed. */
  add(point: StrokePoint): PixelRect | undefined {
    const sweep = sweepBetween(this.#last ?? point, point, this.#brush)
    this.#last = point
    const dirty = intersectRects(sweepRect(sweep), this.#bounds)
    if (dirty === undefined) return undefined
    for (const position of listTilesIn(dirty)) this.#drawOnTile(sweep, position, dirty)
    return dirty
  }

  finish(): MaskTiles {
    return this.#draft.finish()
  }

  #drawOnTile(sweep: Sweep, position: TilePosition, dirty: PixelRect): void {
    const { isErase } = this.#brush
    const key = tileKey(position.column, position.row)
    const held = this.#draft.tiles.get(key)
    if (isErase ? held === undefined : held === FULL_TILE) return
    const left = position.column * TILE_SIZE
    const top = position.row * TILE_SIZE
    const firstColumn = Math.max(dirty.x - left, 0)
    const endColumn = Math.min(dirty.x + dirty.width - left, TILE_SIZE)
    const firstRow = Math.max(dirty.y - top, 0)
    const endRow = Math.min(dirty.y + dirty.height - top, TILE_SIZE)
    let bytes: Uint8Array | undefined
    for (let row = firstRow; row < endRow; row++) {
      // Pixel centres lie at half pixels; seen from the tile's corner so that one sum serves a whole row.
      const centreY = top + row + 0.5
      const reach = spanOfCapsule(sweep, sweep.outer, centreY)
      const from = Math.max(firstColumn, Math.floor(reach.left - left - 0.5))
      const to = Math.min(endColumn, Math.ceil(reach.right - left + 0.5))
      if (!(from < to)) continue
      if (bytes === undefined) {
        bytes = this.#draft.write(key)
        forgetOccupancy(bytes)
      }
      const full = spanOfCapsule(sweep, sweep.inner, centreY)
      const fullFrom = Math.min(to, Math.max(from, Math.ceil(full.left - left - 0.5)))
      const fullTo = Math.max(fullFrom, Math.min(to, Math.floor(full.right - left + 0.5)))
      const start = row * TILE_SIZE
      drawEdge(bytes, start, from, fullFrom, sweep, left, centreY, isErase)
      bytes.fill(isErase ? 0 : 255, start + fullFrom, start + fullTo)
      drawEdge(bytes, start, fullTo, to, sweep, left, centreY, isErase)
    }
  }
}

/** A whole stroke at once. */
export function drawStroke(
  tiles: MaskTiles,
  bounds: PixelRect,
  brush: MaskBrush,
  points: readonly StrokePoint[],
): MaskTiles {
  const stroke = new MaskStroke(tiles, bounds, brush)
  for (const point of points) stroke.add(point)
  return stroke.finish()
}

/** A brush moved from a to b, in image pixels; its radius changes evenly on the way. */
interface Sweep {
  readonly ax: number
  readonly ay: number
  readonly dx: number
  readonly dy: number
  readonly lengthSquared: number
  readonly radiusA: number
  readonly radiusB: number
  readonly hardness: number
  /** Nothing is covered farther away than this; everything nearer than `inner` (< 0: nothing) is covered fully. */
  readonly outer: number
  readonly inner: number
}

function sweepBetween(a: StrokePoint, b: StrokePoint, { size, hardness }: MaskBrush): Sweep {
  const ax = a.xQuarters / UNITS_PER_PIXEL
  const ay = a.yQuarters / UNITS_PER_PIXEL
  const dx = b.xQuarters / UNITS_PER_PIXEL - ax
  const dy = b.yQuarters / UNITS_PER_PIXEL - ay
  const radiusA = ((size / 2) * a.pressure) / FULL_PRESSURE
  const radiusB = ((size / 2) * b.pressure) / FULL_PRESSURE
  const smaller = Math.min(radiusA, radiusB)
  return {
    ax,
    ay,
    dx,
    dy,
    lengthSquared: dx * dx + dy * dy,
    radiusA,
    radiusB,
    hardness,
    outer: Math.max(radiusA, radiusB) + EDGE,
    inner: Math.min(smaller * hardness, smaller - EDGE),
  }
}

function sweepRect({ ax, ay, dx, dy, outer }: Sweep): PixelRect {
  const x = Math.floor(Math.min(ax, ax + dx) - outer)
  const y = Math.floor(Math.min(ay, ay + dy) - outer)
  return {
    x,
    y,
    width: Math.ceil(Math.max(ax, ax + dx) + outer) - x,
    height: Math.ceil(Math.max(ay, ay + dy) + outer) - y,
  }
}

/** What the points within `radius` of the line from a to b cover of the row at `y`; left > right where they do not reach it. */
function spanOfCapsule({ ax, ay, dx, dy, lengthSquared }: Sweep, radius: number, y: number): { left: number; right: number } {
  let left = Infinity
  let right = -Infinity
  if (radius <= 0) return { left, right }
  // The round ends …
  const beyondA = radius * radius - (y - ay) * (y - ay)
  if (beyondA >= 0) {
    const half = Math.sqrt(beyondA)
    left = ax - half
    right = ax + half
  }
  const beyondB = radius * radius - (y - ay - dy) * (y - ay - dy)
  if (beyondB >= 0) {
    const half = Math.sqrt(beyondB)
    left = Math.min(left, ax + dx - half)
    right = Math.max(right, ax + dx + half)
  }
  // … and the two straight sides between them.
  if (dy !== 0) {
    const offset = radius / Math.sqrt(lengthSquared)
    for (const side of [-offset, offset]) {
      const along = (y - ay - side * dx) / dy
      if (along < 0 || along > 1) continue
      const x = ax + along * dx - side * dy
      left = Math.min(left, x)
      right = Math.max(right, x)
    }
  }
  return { left, right }
}

/** The pixels of one row where coverage has to be computed: columns [from, to) of a tile whose row begins at byte `start`. */
function drawEdge(
  bytes: Uint8Array,
  start: number,
  from: number,
  to: number,
  sweep: Sweep,
  tileLeft: number,
  centreY: number,
  isErase: boolean,
): void {
  const { ax, dx, dy, lengthSquared, radiusA, radiusB, hardness } = sweep
  const fromAy = centreY - sweep.ay
  const finished = isErase ? 0 : 255
  for (let column = from; column < to; column++) {
    // Most of a move lies where the one before has been.
    const index = start + column
    const old = bytes[index] ?? 0
    if (old === finished) continue
    const fromAx = tileLeft + column + 0.5 - ax
    const projected = lengthSquared === 0 ? 0 : (fromAx * dx + fromAy * dy) / lengthSquared
    const along = projected < 0 ? 0 : projected > 1 ? 1 : projected
    const offX = fromAx - along * dx
    const offY = fromAy - along * dy
    const distanceSquared = offX * offX + offY * offY
    const radius = radiusA + (radiusB - radiusA) * along
    const outer = radius + EDGE
    if (distanceSquared >= outer * outer) continue
    const inner = Math.min(radius * hardness, radius - EDGE)
    const near = (outer - Math.sqrt(distanceSquared)) / (outer - inner)
    const coverage = near >= 1 ? 255 : Math.round(255 * near * near * (3 - 2 * near))
    if (isErase) {
      if (255 - coverage < old) bytes[index] = 255 - coverage
    } else if (coverage > old) bytes[index] = coverage
  }
}
