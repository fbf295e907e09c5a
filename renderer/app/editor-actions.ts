import type { EditorActions } from '../panels/editor-actions.ts'
import { OPTION_STRINGS } from '../../electron/api/strings/prompt.ts'
import { chooseEdit } from './edit-choice.ts'
import { runCommand } from './commands/commands.ts'
import { closeLook, fixWeak, leaveWord, maskFound, measureLook, pointAtWord } from './looks.ts'
import { currentSession, type EditorSession, type Program } from './program.ts'
import { attempt } from './report-error.ts'
import { acceptCandidate, acceptSibling, dismissCandidates, retryRun, startRun, stopRun } from './runs.ts'
import { keysOf } from './shortcuts.ts'

/** What panels may set going, done with the program. */
export function createEditorActions(program: Program): EditorActions {
  const { store, host, engine } = program
  const inSession = (act: (session: EditorSession) => void) => {
    const session = currentSession(program)
    if (session) act(session)
  }
  return {
    run: (command) => runCommand(program, command),
    keysOf: (command) => keysOf(command, host.platform),
    startRun: () => inSession((session) => void startRun(program, session)),
    chooseEdit: (id) => inSession((session) => chooseEdit(program, session, id)),
    stopRun: (isKept) => attempt(program, () => stopRun(program, isKept)),
    retryRun: (jobId) => attempt(program, () => retryRun(program, jobId)),
    accept: (index) => inSession((session) => attempt(program, () => acceptCandidate(program, session, index))),
    acceptSibling: (entryId, index) => acceptSibling(program, entryId, index),
    dismissCandidates: () => attempt(program, () => dismissCandidates(program)),
    measureLook: () => inSession((session) => void measureLook(program, session)),
    closeLook: () => inSession(closeLook),
    maskFound: (found, cells) => inSession((session) => maskFound(program, session, found, cells)),
    fixWeak: () => inSession((session) => attempt(program, () => fixWeak(program, session))),
    pointAtWord: (jobId, index, word) => void pointAtWord(program, jobId, index, word),
    leaveWord: () => leaveWord(program),
    copyText: (text) =>
      void navigator.clipboard.writeText(text).then(
        () => store.notify({ kind: 'success', title: OPTION_STRINGS.copied, detail: text }),
        () => {},
      ),
    reconnect: engine.reconnect,
  }
}
