import type { PointerSample, Tool, ToolContext, ToolEffect, ToolEvent, ToolId } from './tool.ts'

/** A tool with its state, so that a host need not know what states it has. */
export interface ToolRunner {
  readonly id: ToolId
  readonly hasRing: boolean
  readonly takesArrows: boolean
  isIdle(): boolean
  send(event: ToolEvent, context: ToolContext): readonly ToolEffect[]
  cursorAt(sample: PointerSample, context: ToolContext): string
}

export function createToolRunner<State extends { readonly name: string }>(tool: Tool<State>): ToolRunner {
  let state = tool.initialState
  return {
    id: tool.id,
    hasRing: tool.hasRing,
    takesArrows: tool.takesArrows,
    isIdle: () => state.name === tool.initialState.name,
    send(event, context) {
      const next = tool.transition(state, event, context)
      state = next.state
      return next.effects
    },
    cursorAt: (sample, context) => tool.cursorAt(state, sample, context),
  }
}
