import type { ScreenPoint } from '../viewport.ts'
import { to, type Tool } from './tool.ts'

export type PanToolState = { readonly name: 'idle' } | { readonly name: 'panning'; readonly last: ScreenPoint }

const IDLE: PanToolState = { name: 'idle' }

/** Drag to move the view. */
export const panTool: Tool<PanToolState> = {
  id: 'pan',
  hasRing: false,
  takesArrows: false,
  initialState: IDLE,
  cursorAt: (state) => (state.name === 'panning' ? 'grabbing' : 'grab'),
  transition(state, event) {
    // idle → panning
    if (event.type === 'pointer-down') return to({ name: 'panning', last: event.sample })
    if (state.name === 'idle') return to(state)
    // panning → idle
    if (event.type === 'cancel' || event.type === 'pointer-up') return to(IDLE)
    // panning → panning
    if (event.type !== 'pointer-move') return to(state)
    const { sample } = event
    return to(
      { name: 'panning', last: sample },
      { type: 'pan', dxScreen: sample.xScreen - state.last.xScreen, dyScreen: sample.yScreen - state.last.yScreen },
    )
  },
}
