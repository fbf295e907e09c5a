import { toggleLook } from '../looks.ts'
import { changeWholeMask, loadMask, saveMask } from '../masks.ts'
import { attempt } from '../report-error.ts'
import { hasMask, hasPicture, onSession, type CommandAction } from './command-action.ts'
import type { EditorSession } from '../program.ts'

/** Grown and shrunk by this share of the brush: what feels like one step follows from how one paints. */
const GROWTH_SHARE = 0.125

const growthOf = ({ viewport }: EditorSession) => Math.max(1, Math.round(viewport.getState().brushSize * GROWTH_SHARE))

const resize = (type: 'grow-mask' | 'shrink-mask') =>
  onSession((session, program) => void changeWholeMask(program, session, { type, distance: growthOf(session) }), hasMask)

export const MASK_COMMANDS = {
  'mask.invert': onSession((session, program) => void changeWholeMask(program, session, { type: 'invert-mask' }), hasPicture),
  'mask.clear': onSession(({ store }) => store.dispatch({ type: 'clear-mask' }), hasMask),
  'mask.restore': onSession(
    ({ store }) => store.dispatch({ type: 'restore-mask' }),
    ({ store }) => !store.getState().document.previousMask.isEmpty,
  ),
  'mask.all': onSession(({ store }) => store.dispatch({ type: 'fill-mask' }), hasPicture),
  'mask.grow': resize('grow-mask'),
  'mask.shrink': resize('shrink-mask'),
  'mask.toggle-visible': onSession(({ viewport }) => viewport.toggleMask()),
  'mask.from-words': onSession((session, program) => toggleLook(program, session, 'words'), hasPicture),
  'mask.surprises': onSession((session, program) => toggleLook(program, session, 'surprises'), hasPicture),
  'mask.load': onSession((_, program) => attempt(program, () => loadMask(program)), hasPicture),
  'mask.save': onSession((_, program) => attempt(program, () => saveMask(program)), hasMask),
} satisfies Record<string, CommandAction>
