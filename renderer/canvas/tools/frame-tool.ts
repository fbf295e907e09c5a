import { areRectsEqual, type PixelRect } from '../../../electron/api/geometry.ts'
import { CANVAS_STRINGS } from '../../../electron/api/strings/canvas.ts'
import { cursorOf, dragFrame, findHandle, type FrameHandle } from './frame-handles.ts'
import { nudgeRect } from './nudge.ts'
import { CLEAR_PREVIEW, type PointerSample, to, type Tool, type ToolContext, type ToolEffect, type Transition } from './tool.ts'

export type FrameToolState =
  | { readonly name: 'idle' }
  | {
      readonly name: 'dragging'
      readonly handle: FrameHandle
      readonly origin: PointerSample
      readonly start: PixelRect
      readonly frame: PixelRect
    }
  /** Moved or sized by the keyboard, not yet confirmed. */
  | { readonly name: 'placing'; readonly frame: PixelRect }

const IDLE: FrameToolState = { name: 'idle' }

/**
 * The frame: drag its handles or edges beyond the picture to extend it, inside to crop it; drag its inside to move it. It
 * snaps to token cells (not with Ctrl), keeps its ratio with Shift, and Escape puts it back on the picture.
 */
export const frameTool: Tool<FrameToolState> = {
  id: 'frame',
  hasRing: false,
  takesArrows: true,
  initialState: IDLE,
  cursorAt(state, sample, context) {
    if (state.name === 'dragging') return cursorOf(state.handle)
    const frame = frameOf(state, context)
    const handle = frame && findHandle(frame, sample, context.zoom)
    return handle ? cursorOf(handle) : 'default'
  },
  transition(state, event, context) {
    if (event.type === 'nudge') return nudge(state, event, context)
    switch (state.name) {
      case 'idle':
        if (event.type === 'pointer-down') return take(state, event.sample, context)
        // idle → idle
        if (event.type === 'reset' && context.frame !== null) {
          return to(state, { type: 'commit', command: { type: 'clear-frame' } }, announce(CANVAS_STRINGS.frameReset))
        }
        return to(state)

      case 'dragging':
        // dragging → idle
        if (event.type === 'cancel') return to(IDLE, CLEAR_PREVIEW)
        if (event.type === 'pointer-up') return to(IDLE, CLEAR_PREVIEW, ...commit(state.frame, context))
        // dragging → dragging
        if (event.type === 'pointer-move') return drag(state, event.sample, context)
        return to(state)

      case 'placing':
        // placing → idle
        if (event.type === 'cancel') return to(IDLE, CLEAR_PREVIEW)
        if (event.type === 'confirm') return to(IDLE, CLEAR_PREVIEW, ...commit(state.frame, context))
        if (event.type === 'pointer-down') return take(state, event.sample, context)
        return to(state)
    }
  },
}

/** idle, placing → dragging */
function take(state: FrameToolState, sample: PointerSample, context: ToolContext): Transition<FrameToolState> {
  const start = frameOf(state, context)
  const handle = start && findHandle(start, sample, context.zoom)
  if (!start || !handle) return to(state)
  return to({ name: 'dragging', handle, origin: sample, start, frame: start }, preview(start))
}

function drag(
  state: Extract<FrameToolState, { name: 'dragging' }>,
  sample: PointerSample,
  { bounds, cellSize }: ToolContext,
): Transition<FrameToolState> {
  if (bounds === null) return to(state)
  const frame = dragFrame({
    start: state.start,
    handle: state.handle,
    dx: sample.x - state.origin.x,
    dy: sample.y - state.origin.y,
    keepsRatio: sample.isConstrained,
    step: sample.isFree ? 1 : cellSize,
    picture: bounds,
  })
  return to({ ...state, frame }, preview(frame))
}

function nudge(
  state: FrameToolState,
  event: { dx: number; dy: number; isResize: boolean; isFree: boolean },
  context: ToolContext,
): Transition<FrameToolState> {
  const start = frameOf(state, context)
  if (!start || state.name === 'dragging') return to(state)
  const frame = nudgeRect(start, event, event.isFree ? 1 : context.cellSize, null)
  const { x, y, width, height } = frame
  return to({ name: 'placing', frame }, preview(frame), announce(CANVAS_STRINGS.keyboardFrame(width, height, x, y)))
}

function frameOf(state: FrameToolState, { frame, bounds }: ToolContext): PixelRect | null {
  return state.name === 'idle' ? (frame ?? bounds) : state.frame
}

function commit(frame: PixelRect, context: ToolContext): ToolEffect[] {
  const shown = context.frame ?? context.bounds
  if (shown === null || areRectsEqual(frame, shown)) return []
  return [
    { type: 'commit', command: { type: 'set-frame', frame } },
    announce(CANVAS_STRINGS.frameKept(frame.width, frame.height)),
  ]
}

function preview(frame: PixelRect): ToolEffect {
  return { type: 'preview', preview: { kind: 'frame', frame } }
}

function announce(text: string): ToolEffect {
  return { type: 'announce', text }
}
