import type { PixelRect } from '../../../electron/api/geometry.ts'
import type { ImagePoint } from '../viewport.ts'

/** Which edges a handle moves: −1 the left or upper one, 1 the right or lower one, 0 none. `{ 0, 0 }` moves the whole frame. */
export interface FrameHandle {
  readonly horizontal: -1 | 0 | 1
  readonly vertical: -1 | 0 | 1
}

/** Corners first, so that they win where handles lie close together. */
export const FRAME_HANDLES: readonly FrameHandle[] = [
  { horizontal: -1, vertical: -1 },
  { horizontal: 1, vertical: -1 },
  { horizontal: 1, vertical: 1 },
  { horizontal: -1, vertical: 1 },
  { horizontal: 0, vertical: -1 },
  { horizontal: 1, vertical: 0 },
  { horizontal: 0, vertical: 1 },
  { horizontal: -1, vertical: 0 },
]
const MOVE: FrameHandle = { horizontal: 0, vertical: 0 }

/** Screen pixels around a handle or edge in which it can be taken: a fingertip's worth would cover small frames. */
const REACH_SCREEN = 12

export function handlePoint({ x, y, width, height }: PixelRect, { horizontal, vertical }: FrameHandle): ImagePoint {
  return { x: x + (width * (horizontal + 1)) / 2, y: y + (height * (vertical + 1)) / 2 }
}

/** The handle, edge or inside of the frame under a point; undefined outside. Edges can be taken along all of their length. */
export function findHandle(frame: PixelRect, point: ImagePoint, zoom: number): FrameHandle | undefined {
  const reach = REACH_SCREEN / zoom
  const near = FRAME_HANDLES.find((handle) => {
    const at = handlePoint(frame, handle)
    return Math.abs(at.x - point.x) <= reach && Math.abs(at.y - point.y) <= reach
  })
  if (near) return near
  const { x, y, width, height } = frame
  const isBeside = point.x >= x - reach && point.x <= x + width + reach && point.y >= y - reach && point.y <= y + height + reach
  if (!isBeside) return undefined
  const horizontal = Math.abs(point.x - x) <= reach ? -1 : Math.abs(point.x - x - width) <= reach ? 1 : 0
  const vertical = Math.abs(point.y - y) <= reach ? -1 : Math.abs(point.y - y - height) <= reach ? 1 : 0
  return horizontal === 0 && vertical === 0 ? MOVE : { horizontal, vertical }
}

export function cursorOf({ horizontal, vertical }: FrameHandle): string {
  if (horizontal === 0 && vertical === 0) return 'move'
  if (vertical === 0) return 'ew-resize'
  if (horizontal === 0) return 'ns-resize'
  return horizontal === vertical ? 'nwse-resize' : 'nesw-resize'
}

export interface FrameDrag {
  /** The frame when the drag began. */
  readonly start: PixelRect
  readonly handle: FrameHandle
  readonly dx: number
  readonly dy: number
  readonly keepsRatio: boolean
  /** Edges land on multiples of it and on the picture's own edges; 1 = whole pixels. */
  readonly step: number
  readonly picture: PixelRect
}

/** The frame after dragging one of its handles. */
export function dragFrame({ start, handle, dx, dy, keepsRatio, step, picture }: FrameDrag): PixelRect {
  const snapX = (at: number) => snap(at, step, picture.x, picture.width)
  const snapY = (at: number) => snap(at, step, picture.y, picture.height)
  if (handle.horizontal === 0 && handle.vertical === 0) {
    return { ...start, x: snapX(start.x + dx), y: snapY(start.y + dy) }
  }
  let [left, right] = moveEdge(start.x, start.width, handle.horizontal, dx, snapX)
  let [top, bottom] = moveEdge(start.y, start.height, handle.vertical, dy, snapY)
  if (keepsRatio) {
    const ratio = start.width / start.height
    const isWidthLeading = handle.vertical === 0 || (handle.horizontal !== 0 && (right - left) / (bottom - top) > ratio)
    if (isWidthLeading) {
      const height = Math.max(1, Math.round((right - left) / ratio))
      ;[top, bottom] = anchorSpan(start.y, start.height, handle.vertical, height)
    } else {
      const width = Math.max(1, Math.round((bottom - top) * ratio))
      ;[left, right] = anchorSpan(start.x, start.width, handle.horizontal, width)
    }
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function moveEdge(
  start: number,
  length: number,
  side: -1 | 0 | 1,
  by: number,
  snapTo: (at: number) => number,
): [start: number, end: number] {
  const end = start + length
  if (side < 0) return [Math.min(end - 1, snapTo(start + by)), end]
  if (side > 0) return [start, Math.max(start + 1, snapTo(end + by))]
  return [start, end]
}

/** A span of another length that keeps its far end, or its middle where no edge of this axis is dragged. */
function anchorSpan(start: number, length: number, side: -1 | 0 | 1, newLength: number): [start: number, end: number] {
  if (side < 0) return [start + length - newLength, start + length]
  if (side > 0) return [start, start + newLength]
  const first = Math.round(start + (length - newLength) / 2)
  return [first, first + newLength]
}

/** The nearest multiple of `step`, or an edge of the picture where that is nearer. */
function snap(at: number, step: number, pictureStart: number, pictureLength: number): number {
  const candidates = [Math.round(at / step) * step, pictureStart, pictureStart + pictureLength]
  return candidates.reduce((best, candidate) => (Math.abs(candidate - at) < Math.abs(best - at) ? candidate : best))
}
