import { intersectRects, type PixelRect } from '../../../electron/api/geometry.ts'
import { encodeOutline, quantizePoint } from '../../document/stroke-points.ts'
import { CLEAR_PREVIEW, type PointerSample, to, type Tool, type ToolContext, type ToolEffect } from './tool.ts'

export type LassoToolState =
  | { readonly name: 'idle' }
  | { readonly name: 'drawing'; readonly points: readonly PointerSample[]; readonly isErase: boolean }

/** In screen pixels: a hand does not place corners closer. */
const SPACING_SCREEN = 2
/** Fewer corners enclose nothing. */
const MIN_CORNERS = 3

const IDLE: LassoToolState = { name: 'idle' }

/** Draw around what shall be masked; the outline closes by itself. Alt or the right button unmasks. */
export const lassoTool: Tool<LassoToolState> = {
  id: 'lasso',
  hasRing: false,
  takesArrows: false,
  initialState: IDLE,
  cursorAt: () => 'crosshair',
  transition(state, event, context) {
    switch (state.name) {
      case 'idle':
        // idle → drawing
        if (event.type !== 'pointer-down') return to(state)
        return to({ name: 'drawing', points: [event.sample], isErase: event.sample.isErase })

      case 'drawing': {
        // drawing → idle
        if (event.type === 'cancel') return to(IDLE, CLEAR_PREVIEW)
        if (event.type === 'pointer-up') return to(IDLE, CLEAR_PREVIEW, ...commit(state.points, state.isErase, context))
        // drawing → drawing
        if (event.type !== 'pointer-move') return to(state)
        const { sample } = event
        const last = state.points.at(-1)
        const isNear =
          last && Math.hypot(sample.xScreen - last.xScreen, sample.yScreen - last.yScreen) < SPACING_SCREEN
        if (isNear) return to(state)
        const points = [...state.points, sample]
        return to({ ...state, points }, { type: 'preview', preview: { kind: 'lasso', points, isErase: state.isErase } })
      }
    }
  },
}

/** Drawn beside the picture, it is no step to undo. */
function commit(points: readonly PointerSample[], isErase: boolean, { bounds }: ToolContext): ToolEffect[] {
  if (points.length < MIN_CORNERS || bounds === null || !intersectRects(rectAround(points), bounds)) return []
  const outline = encodeOutline(points.map(({ x, y }) => quantizePoint(x, y)))
  return [{ type: 'commit', command: { type: 'mask-lasso', isErase, outline } }]
}

/** All pixels between the outermost points. */
function rectAround(points: readonly PointerSample[]): PixelRect {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [x, y] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))]
  return { x, y, width: Math.ceil(Math.max(...xs)) - x, height: Math.ceil(Math.max(...ys)) - y }
}
