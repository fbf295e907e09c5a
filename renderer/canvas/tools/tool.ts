export const TOOL_IDS = ['brush', 'eraser', 'rectangle', 'lasso', 'frame', 'pan'] as const
export type ToolId = (typeof TOOL_IDS)[number]
