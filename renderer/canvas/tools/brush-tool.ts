import { quantizePoint } from '../../document/stroke-points.ts'
import type { ImagePoint } from '../viewport.ts'
import { type PointerSample, to, type Tool, type ToolContext } from './tool.ts'

export type BrushToolState =
  /** `lastEnd`: where Shift and a click draw a straight line from. */
  | { readonly name: 'idle'; readonly lastEnd: ImagePoint | null }
  /** `pending` was too near to `last` to be drawn yet. */
  | { readonly name: 'painting'; readonly last: ImagePoint; readonly pending: PointerSample | null }

/** Of the brush's size: points nearer to each other than this cannot be told apart in the stroke. */
const SPACING_SHARE = 1 / 16
/** In image pixels, for the smallest brushes. */
const MIN_SPACING = 1

/** The mask brush and the mask eraser: the same tool, but for what it does without a key held. */
export function createBrushTool(id: 'brush' | 'eraser'): Tool<BrushToolState> {
  return {
    id,
    hasRing: true,
    takesArrows: false,
    initialState: { name: 'idle', lastEnd: null },
    cursorAt: () => 'none',
    transition(state, event, context) {
      switch (state.name) {
        case 'idle': {
          // idle → painting
          if (event.type !== 'pointer-down') return to(state)
          const { sample } = event
          const isErase = id === 'eraser' || sample.isErase
          const painting = { name: 'painting', last: sample, pending: null } as const
          if (!sample.isConstrained || state.lastEnd === null) {
            return to(painting, { type: 'begin-stroke', isErase, point: pointOf(sample, context) })
          }
          const start = quantizePoint(state.lastEnd.x, state.lastEnd.y, pressureOf(sample, context))
          return to(
            painting,
            { type: 'begin-stroke', isErase, point: start },
            { type: 'extend-stroke', point: pointOf(sample, context) },
          )
        }

        case 'painting': {
          // painting → idle
          if (event.type === 'cancel') return to({ name: 'idle', lastEnd: null }, { type: 'discard-stroke' })
          if (event.type === 'pointer-up') {
            const rest = state.pending === null ? [] : [extendTo(state.pending, context)]
            const lastEnd = state.pending ?? state.last
            return to({ name: 'idle', lastEnd }, ...rest, { type: 'commit-stroke' })
          }
          // painting → painting
          if (event.type !== 'pointer-move') return to(state)
          const { sample } = event
          const spacing = Math.max(MIN_SPACING, context.brushSize * SPACING_SHARE)
          if (Math.hypot(sample.x - state.last.x, sample.y - state.last.y) < spacing) {
            return to({ ...state, pending: sample })
          }
          return to({ name: 'painting', last: sample, pending: null }, extendTo(sample, context))
        }
      }
    },
  }
}

function extendTo(sample: PointerSample, context: ToolContext) {
  return { type: 'extend-stroke', point: pointOf(sample, context) } as const
}

function pointOf(sample: PointerSample, context: ToolContext) {
  return quantizePoint(sample.x, sample.y, pressureOf(sample, context))
}

function pressureOf({ pressure }: PointerSample, { isPressureUsed }: ToolContext): number {
  return isPressureUsed ? pressure : 1
}
