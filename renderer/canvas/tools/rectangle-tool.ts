import { intersectRects, type PixelRect } from '../../../electron/api/geometry.ts'
import { CANVAS_STRINGS } from '../../../electron/api/strings/canvas.ts'
import type { ImagePoint } from '../viewport.ts'
import { nudgeRect } from './nudge.ts'
import { CLEAR_PREVIEW, type PointerSample, to, type Tool, type ToolContext, type ToolEffect, type Transition } from './tool.ts'

export type RectangleToolState =
  | { readonly name: 'idle' }
  /** The pointer is down but has not moved far enough to mean a drag. */
  | { readonly name: 'pointing'; readonly origin: PointerSample }
  | { readonly name: 'dragging'; readonly origin: PointerSample; readonly isErase: boolean }
  /** Placed by the keyboard, not yet confirmed. */
  | { readonly name: 'placing'; readonly rect: PixelRect }

/** In screen pixels. Below it a shaky click is still a click. */
const DRAG_THRESHOLD_SCREEN = 3
/** Of what is in sight: the rectangle the keyboard begins with. */
const FIRST_SHARE = 1 / 4

const IDLE: RectangleToolState = { name: 'idle' }

/** Drag to mask a rectangle; Shift makes it a square, Alt or the right button unmasks. Arrow keys place one without a pointer. */
export const rectangleTool: Tool<RectangleToolState> = {
  id: 'rectangle',
  hasRing: false,
  takesArrows: true,
  initialState: IDLE,
  cursorAt: () => 'crosshair',
  transition(state, event, context): Transition<RectangleToolState> {
    if (event.type === 'nudge') return nudge(state, event, context)
    switch (state.name) {
      case 'idle':
        // idle → pointing
        if (event.type === 'pointer-down') return to({ name: 'pointing', origin: event.sample })
        return to(state)

      case 'pointing':
        // pointing → idle
        if (event.type === 'cancel' || event.type === 'pointer-up') return to(IDLE)
        // pointing → dragging
        if (event.type === 'pointer-move' && distanceScreen(state.origin, event.sample) >= DRAG_THRESHOLD_SCREEN) {
          const isErase = state.origin.isErase || event.sample.isErase
          return to({ name: 'dragging', origin: state.origin, isErase }, preview(state.origin, event.sample, isErase))
        }
        return to(state)

      case 'dragging':
        // dragging → idle
        if (event.type === 'cancel') return to(IDLE, CLEAR_PREVIEW)
        if (event.type === 'pointer-up') {
          return to(IDLE, CLEAR_PREVIEW, ...commit(rectBetween(state.origin, event.sample), state.isErase, context))
        }
        // dragging → dragging
        if (event.type === 'pointer-move') {
          const isErase = state.origin.isErase || event.sample.isErase
          return to({ ...state, isErase }, preview(state.origin, event.sample, isErase))
        }
        return to(state)

      case 'placing':
        // placing → idle
        if (event.type === 'cancel') return to(IDLE, CLEAR_PREVIEW)
        if (event.type === 'confirm') return to(IDLE, CLEAR_PREVIEW, ...commit(state.rect, event.isErase, context))
        // placing → pointing
        if (event.type === 'pointer-down') return to({ name: 'pointing', origin: event.sample }, CLEAR_PREVIEW)
        return to(state)
    }
  },
}

function nudge(
  state: RectangleToolState,
  event: { dx: number; dy: number; isResize: boolean; isFree: boolean },
  context: ToolContext,
): Transition<RectangleToolState> {
  const { bounds, visible } = context
  const shown = bounds && intersectRects(bounds, visible)
  if (bounds === null || !shown || state.name === 'pointing' || state.name === 'dragging') return to(state)
  const rect =
    state.name === 'placing' ? nudgeRect(state.rect, event, event.isFree ? 1 : context.cellSize, bounds) : firstRect(shown)
  return to(
    { name: 'placing', rect },
    { type: 'preview', preview: { kind: 'rectangle', rect, isErase: false } },
    { type: 'announce', text: CANVAS_STRINGS.keyboardRectangle(rect.width, rect.height, rect.x, rect.y) },
  )
}

/** In the middle of what is in sight. */
function firstRect(shown: PixelRect): PixelRect {
  const width = Math.max(1, Math.round(shown.width * FIRST_SHARE))
  const height = Math.max(1, Math.round(shown.height * FIRST_SHARE))
  const x = Math.round(shown.x + (shown.width - width) / 2)
  const y = Math.round(shown.y + (shown.height - height) / 2)
  return { x, y, width, height }
}

function preview(origin: PointerSample, sample: PointerSample, isErase: boolean): ToolEffect {
  return { type: 'preview', preview: { kind: 'rectangle', rect: rectBetween(origin, sample), isErase } }
}

function commit(rect: PixelRect, isErase: boolean, { bounds }: ToolContext): ToolEffect[] {
  const inside = bounds && intersectRects(rect, bounds)
  return inside ? [{ type: 'commit', command: { type: 'mask-rectangle', isErase, rect: inside } }] : []
}

/** All pixels touched between two points; a square towards the pointer where the sample asks for it. */
function rectBetween(origin: ImagePoint, sample: PointerSample): PixelRect {
  const side = Math.max(Math.abs(sample.x - origin.x), Math.abs(sample.y - origin.y))
  const endX = sample.isConstrained ? origin.x + side * Math.sign(sample.x - origin.x || 1) : sample.x
  const endY = sample.isConstrained ? origin.y + side * Math.sign(sample.y - origin.y || 1) : sample.y
  const x = Math.floor(Math.min(origin.x, endX))
  const y = Math.floor(Math.min(origin.y, endY))
  return {
    x,
    y,
    width: Math.max(1, Math.ceil(Math.max(origin.x, endX)) - x),
    height: Math.max(1, Math.ceil(Math.max(origin.y, endY)) - y),
  }
}

function distanceScreen(a: PointerSample, b: PointerSample): number {
  return Math.hypot(a.xScreen - b.xScreen, a.yScreen - b.yScreen)
}
