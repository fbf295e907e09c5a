import { hasChoice, switchEdit } from '../edit-choice.ts'
import { branchRun, canBranch } from '../branch-run.ts'
import { focusPrompt } from '../focus-prompt.ts'
import { fixWeak } from '../looks.ts'
import { canSettle, clearPatch, settlePatch } from '../patch.ts'
import { acceptCandidate, hasShownCandidate, isRunning, openJob, startRun, stopRun } from '../runs.ts'
import { attempt } from '../report-error.ts'
import type { EditorSession } from '../program.ts'
import { hasPicture, onSession, type CommandAction } from './command-action.ts'

/** @param place  from 0, as the candidates stand. */
const accept = (place: number): CommandAction => ({
  ...onSession(
    (session, program) => attempt(program, () => acceptCandidate(program, session, indexAt(session, place))),
    (session, program) => openJob(program, session)?.candidates.some(({ index }) => index === indexAt(session, place)) ?? false,
  ),
  isForFields: true,
})

function indexAt({ store, editor }: EditorSession, place: number): number {
  const { order } = editor.getState()
  return (order?.jobId === store.getState().document.openCandidates?.jobId ? order?.indexes[place] : undefined) ?? place
}

export const RUN_COMMANDS = {
  'run.focus-prompt': { run: focusPrompt },
  'run.choose-edit': {
    ...onSession(({ editor }) => editor.change({ isEditListOpen: true }), hasChoice),
    isForFields: true,
  },
  'run.next-edit': { ...onSession((session, program) => switchEdit(program, session, 1), hasChoice), isForFields: true },
  'run.previous-edit': { ...onSession((session, program) => switchEdit(program, session, -1), hasChoice), isForFields: true },
  'run.start': {
    ...onSession(
      (session, program) => void startRun(program, session),
      (session, program) => !session.editor.getState().isStarting && !isRunning(openJob(program, session)),
    ),
    isForFields: true,
  },
  'run.branch': {
    ...onSession((session, program) => attempt(program, () => branchRun(program, session)), (session, program) => canBranch(program, session)),
    isForFields: true,
  },
  'run.best-first': onSession(({ editor }) => editor.change({ isBestFirst: !editor.getState().isBestFirst, order: null })),
  'run.fix-weak': onSession(
    (session, program) => attempt(program, () => fixWeak(program, session)),
    (session, program) => (hasPicture(session) || hasShownCandidate(session, program)) && !isRunning(openJob(program, session)),
  ),
  'patch.settle': onSession(
    (session, program) => attempt(program, () => settlePatch(program, session)),
    (session, program) => canSettle(program, session),
  ),
  'patch.clear': onSession(
    (session, program) => clearPatch(program, session),
    ({ store }) => store.getState().document.openCandidates?.patch != null,
  ),
  'pins.clear': onSession(
    ({ store }) => store.dispatch({ type: 'clear-pins' }),
    ({ store }) => store.getState().document.pins.cells.length > 0,
  ),
  'run.cancel': {
    ...onSession(
      (_, program) => attempt(program, () => stopRun(program, false)),
      (session, program) => isRunning(openJob(program, session)),
    ),
    isForFields: true,
  },
  'candidate.1': accept(0),
  'candidate.2': accept(1),
  'candidate.3': accept(2),
  'candidate.4': accept(3),
  'app.models': { run: ({ store }) => store.openDialog('models'), isForFields: true },
  'app.settings': { run: ({ store }) => store.openDialog('settings'), isForFields: true },
  'app.palette': { run: ({ store }) => store.openDialog('palette'), isForFields: true },
  'app.shortcuts': { run: ({ store }) => store.openDialog('shortcuts') },
} satisfies Record<string, CommandAction>
