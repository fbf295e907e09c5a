import { intersectRects } from '../../../electron/api/geometry.ts'
import { CANVAS_STRINGS } from '../../../electron/api/strings/canvas.ts'
import { nudgeRect } from './nudge.ts'
import { CLEAR_PREVIEW, type PointerSample, to, type Tool, type ToolContext, type ToolId, type Transition } from './tool.ts'
import type { PixelRect } from '../../../electron/api/geometry.ts'

export type PickToolState =
  | { readonly name: 'idle' }
  | { readonly name: 'picking'; readonly points: readonly PointerSample[] }
  /** A cell placed by the keyboard, not yet confirmed. */
  | { readonly name: 'placing'; readonly rect: PixelRect }

const IDLE: PickToolState = { name: 'idle' }

/**
 * Click a cell, or drag over several: the app knows what they are. Shift adds, Alt or the right button takes away. Arrow
 * keys move over cells without a pointer.
 */
export function createPickTool(id: ToolId & ('likeness' | 'pin' | 'patch')): Tool<PickToolState> {
  return {
    id,
    hasRing: false,
    takesArrows: true,
    initialState: IDLE,
    cursorAt: () => 'crosshair',
    transition(state, event, context): Transition<PickToolState> {
      if (event.type === 'nudge') return nudge(state, event, context)
      switch (state.name) {
        case 'idle':
          // idle → picking
          if (event.type === 'pointer-down') return to({ name: 'picking', points: [event.sample] })
          if (event.type === 'reset' && id === 'likeness') return to(state, { type: 'pick', tool: id, points: [], isAdded: false })
          return to(state)

        case 'picking':
          // picking → idle
          if (event.type === 'cancel') return to(IDLE)
          if (event.type === 'pointer-up') {
            const isAdded = state.points.some(({ isConstrained }) => isConstrained)
            return to(IDLE, { type: 'pick', tool: id, points: state.points, isAdded })
          }
          // picking → picking
          if (event.type === 'pointer-move') return to({ name: 'picking', points: [...state.points, event.sample] })
          return to(state)

        case 'placing':
          // placing → idle
          if (event.type === 'cancel') return to(IDLE, CLEAR_PREVIEW)
          if (event.type === 'confirm') {
            const { x, y, width, height } = state.rect
            const point = { x: x + width / 2, y: y + height / 2 }
            return to(IDLE, CLEAR_PREVIEW, { type: 'pick', tool: id, points: [point], isAdded: event.isErase })
          }
          // placing → picking
          if (event.type === 'pointer-down') return to({ name: 'picking', points: [event.sample] }, CLEAR_PREVIEW)
          return to(state)
      }
    },
  }
}

function nudge(
  state: PickToolState,
  event: { dx: number; dy: number; isFree: boolean },
  { bounds, visible, cellSize }: ToolContext,
): Transition<PickToolState> {
  const shown = bounds && intersectRects(bounds, visible)
  if (bounds === null || !shown || state.name === 'picking') return to(state)
  const snap = (start: number, length: number) => Math.floor((start + length / 2) / cellSize) * cellSize
  const first = { x: snap(shown.x, shown.width), y: snap(shown.y, shown.height), width: cellSize, height: cellSize }
  const rect = state.name === 'placing' ? nudgeRect(state.rect, { ...event, isResize: false }, cellSize, bounds) : first
  return to(
    { name: 'placing', rect },
    { type: 'preview', preview: { kind: 'rectangle', rect, isErase: false } },
    { type: 'announce', text: CANVAS_STRINGS.keyboardCell(rect.x, rect.y) },
  )
}
