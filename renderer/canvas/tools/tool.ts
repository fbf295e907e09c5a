import type { PixelRect } from '../../../electron/api/geometry.ts'
import type { DocumentCommand } from '../../document/commands/commands.ts'
import type { StrokePoint } from '../../document/stroke-points.ts'
import type { ImagePoint, ScreenPoint } from '../viewport.ts'

export const TOOL_IDS = ['brush', 'eraser', 'rectangle', 'lasso', 'frame', 'likeness', 'pin', 'patch', 'pan'] as const
export type ToolId = (typeof TOOL_IDS)[number]

/** Where the pointer is and what is held with it. Image pixels, so that zoom cannot change an edit. */
export interface PointerSample extends ImagePoint, ScreenPoint {
  /** 0–1; 1 for a mouse. */
  readonly pressure: number
  /** The right button, a pen's eraser end or Alt. */
  readonly isErase: boolean
  /** Shift: a square, the same ratio, a straight line. */
  readonly isConstrained: boolean
  /** Ctrl or Cmd: no snapping. */
  readonly isFree: boolean
}

export type ToolEvent =
  | { readonly type: 'pointer-down' | 'pointer-move' | 'pointer-up'; readonly sample: PointerSample }
  /** An arrow key. `dx` and `dy` are −1, 0 or 1. */
  | { readonly type: 'nudge'; readonly dx: number; readonly dy: number; readonly isResize: boolean; readonly isFree: boolean }
  /** Enter. */
  | { readonly type: 'confirm'; readonly isErase: boolean }
  /** Escape with nothing under way. */
  | { readonly type: 'reset' }
  /** Escape, another tool was chosen, or the window lost focus. Leaves no effect on the document. */
  | { readonly type: 'cancel' }

export type ToolPreview =
  | { readonly kind: 'rectangle'; readonly rect: PixelRect; readonly isErase: boolean }
  | { readonly kind: 'lasso'; readonly points: readonly ImagePoint[]; readonly isErase: boolean }
  | { readonly kind: 'frame'; readonly frame: PixelRect }

/** What a tool asks of its host. The tool itself touches neither Konva nor a store. */
export type ToolEffect =
  | { readonly type: 'begin-stroke'; readonly isErase: boolean; readonly point: StrokePoint }
  | { readonly type: 'extend-stroke'; readonly point: StrokePoint }
  | { readonly type: 'commit-stroke' }
  | { readonly type: 'discard-stroke' }
  | { readonly type: 'preview'; readonly preview: ToolPreview | null }
  | { readonly type: 'commit'; readonly command: DocumentCommand }
  | PickEffect
  | { readonly type: 'pan'; readonly dxScreen: number; readonly dyScreen: number }
  | { readonly type: 'announce'; readonly text: string }

/** The app knows what lies at the points; none = what was picked is let go. */
export interface PickEffect {
  readonly type: 'pick'
  readonly tool: ToolId
  readonly points: readonly ImagePoint[]
  readonly isAdded: boolean
  /** The pointer is still down: with no points, what was picked since it went down is given up. */
  readonly isUnderWay?: boolean
  readonly isErase?: boolean
}

/** What a tool may know of the canvas. */
export interface ToolContext {
  /** null in an empty document. */
  readonly bounds: PixelRect | null
  readonly frame: PixelRect | null
  readonly brushSize: number
  readonly isPressureUsed: boolean
  /** Image pixels per token cell of an extension of this picture: what frame and keyboard steps snap to. */
  readonly cellSize: number
  readonly zoom: number
  /** Whether candidates are painted over each other and not settled yet. */
  readonly isPatched: boolean
  /** The part of the document in sight. */
  readonly visible: PixelRect
}

export interface Transition<State> {
  readonly state: State
  readonly effects: readonly ToolEffect[]
}

/** A canvas tool: a pure state machine with a way out of every state. Exactly one command comes of a gesture, at most. */
export interface Tool<State extends { readonly name: string }> {
  readonly id: ToolId
  readonly initialState: State
  transition(state: State, event: ToolEvent, context: ToolContext): Transition<State>
  /** The CSS cursor over the canvas. */
  cursorAt(state: State, sample: PointerSample, context: ToolContext): string
  /** Whether the cursor is the brush's ring. */
  readonly hasRing: boolean
  /** Whether arrow keys are the tool's (else they move the view). */
  readonly takesArrows: boolean
}

export function to<State>(state: State, ...effects: ToolEffect[]): Transition<State> {
  return { state, effects }
}

export const CLEAR_PREVIEW: ToolEffect = { type: 'preview', preview: null }
