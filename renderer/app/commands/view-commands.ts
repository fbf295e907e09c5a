import type { ToolId } from '../../canvas/tools/tool.ts'
import { toggleLook } from '../looks.ts'
import { hasShownCandidate } from '../runs.ts'
import { hasPicture, onSession, type CommandAction } from './command-action.ts'

const selectTool = (tool: ToolId) => onSession(({ viewport }) => viewport.selectTool(tool))

export const VIEW_COMMANDS = {
  'tool.brush': selectTool('brush'),
  'tool.eraser': selectTool('eraser'),
  'tool.rectangle': selectTool('rectangle'),
  'tool.lasso': selectTool('lasso'),
  'tool.frame': selectTool('frame'),
  'tool.likeness': selectTool('likeness'),
  'tool.pin': selectTool('pin'),
  'tool.patch': selectTool('patch'),
  'tool.pan': selectTool('pan'),
  'brush.smaller': onSession(({ viewport }) => viewport.shrinkBrush()),
  'brush.larger': onSession(({ viewport }) => viewport.enlargeBrush()),
  'view.zoom-in': { ...onSession(({ viewport }) => viewport.zoomIn()), isForFields: true },
  'view.zoom-out': { ...onSession(({ viewport }) => viewport.zoomOut()), isForFields: true },
  'view.fit': { ...onSession(({ viewport }) => viewport.fit()), isForFields: true },
  'view.actual-size': { ...onSession(({ viewport }) => viewport.showActualSize()), isForFields: true },
  'view.before': {
    // By a key for as long as it is held; from a menu until it is chosen again.
    ...onSession(({ editor }) => editor.change({ isBeforeShown: !editor.getState().isBeforeShown }), hasPicture),
    release: (program) => onSession(({ editor }) => editor.change({ isBeforeShown: false })).run(program),
  },
  'view.cells': onSession(({ viewport }) => viewport.toggleCells()),
  'view.likelihood': onSession(
    (session, program) => toggleLook(program, session, 'likelihood'),
    (session, program) => hasPicture(session) || hasShownCandidate(session, program),
  ),
  'view.history': {
    ...onSession(({ editor }) => editor.change({ isHistoryOpen: !editor.getState().isHistoryOpen })),
    isForFields: true,
  },
} satisfies Record<string, CommandAction>
