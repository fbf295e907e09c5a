import { createPickTool, type PickToolState } from './pick-tool.ts'
import { type PointerSample, to, type Tool, type ToolEffect } from './tool.ts'

export type PatchToolState =
  /** A cell may be placed by the keyboard. */
  | Exclude<PickToolState, { readonly name: 'picking' }>
  | { readonly name: 'painting'; readonly last: PointerSample; readonly isErase: boolean }

const keyboard = createPickTool('patch')
const IDLE: PatchToolState = { name: 'idle' }

/** Paints cells of one candidate with another: seen as it goes, one step to undo. Alt or the right button takes the paint off. */
export const patchTool: Tool<PatchToolState> = {
  id: 'patch',
  hasRing: true,
  takesArrows: true,
  initialState: IDLE,
  cursorAt: () => 'none',
  transition(state, event, context) {
    if (state.name === 'painting') {
      const { last, isErase } = state
      // painting → idle
      if (event.type === 'cancel') return to(IDLE, pick([], isErase, true))
      if (event.type === 'pointer-up') return to(IDLE, pick([last, event.sample], isErase, false))
      // painting → painting
      if (event.type === 'pointer-move') return to({ ...state, last: event.sample }, pick([last, event.sample], isErase, true))
      return to(state)
    }
    // idle, placing → painting
    if (event.type === 'pointer-down') {
      const { sample } = event
      return to({ name: 'painting', last: sample, isErase: sample.isErase }, { type: 'preview', preview: null }, pick([sample], sample.isErase, true))
    }
    // idle → idle
    if (event.type === 'reset') return context.isPatched ? to(state, pick([], false, false)) : to(state)
    const next = keyboard.transition(state, event, context)
    return { ...next, state: next.state.name === 'picking' ? IDLE : next.state }
  },
}

function pick(points: readonly PointerSample[], isErase: boolean, isUnderWay: boolean): ToolEffect {
  return { type: 'pick', tool: 'patch', points, isAdded: true, isErase, isUnderWay }
}
