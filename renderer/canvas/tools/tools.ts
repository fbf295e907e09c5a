import { createBrushTool } from './brush-tool.ts'
import { frameTool } from './frame-tool.ts'
import { lassoTool } from './lasso-tool.ts'
import { panTool } from './pan-tool.ts'
import { patchTool } from './patch-tool.ts'
import { createPickTool } from './pick-tool.ts'
import { rectangleTool } from './rectangle-tool.ts'
import { createToolRunner, type ToolRunner } from './tool-runner.ts'
import type { ToolId } from './tool.ts'

/** Every canvas tool, ready to play, each in its initial state. */
export function createToolRunners(): Record<ToolId, ToolRunner> {
  return {
    brush: createToolRunner(createBrushTool('brush')),
    eraser: createToolRunner(createBrushTool('eraser')),
    rectangle: createToolRunner(rectangleTool),
    lasso: createToolRunner(lassoTool),
    frame: createToolRunner(frameTool),
    likeness: createToolRunner(createPickTool('likeness')),
    pin: createToolRunner(createPickTool('pin')),
    patch: createToolRunner(patchTool),
    pan: createToolRunner(panTool),
  }
}
