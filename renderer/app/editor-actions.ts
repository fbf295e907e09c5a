import type { EditorActions } from '../panels/editor-actions.ts'
import { OPTION_STRINGS } from '../../electron/api/strings/prompt.ts'
import { chooseEdit } from './edit-choice.ts'
import { runCommand } from './commands/commands.ts'
import { currentSession, type Program } from './program.ts'
import { attempt } from './report-error.ts'
import { acceptCandidate, acceptSibling, dismissCandidates, retryRun, startRun, stopRun } from './runs.ts'
import { keysOf } from './shortcuts.ts'

/** What panels may set going, done with the program. */
export function createEditorActions(program: Program): EditorActions {
  const { store, host, engine } = program
  return {
    run: (command) => runCommand(program, command),
    keysOf: (command) => keysOf(command, host.platform),
    startRun: () => void startRun(program),
    chooseEdit: (id) => {
      const session = currentSession(program)
      if (session) chooseEdit(program, session, id)
    },
    stopRun: (isKept) => attempt(program, () => stopRun(program, isKept)),
    retryRun: (jobId) => attempt(program, () => retryRun(program, jobId)),
    accept: (index) => attempt(program, () => acceptCandidate(program, index)),
    acceptSibling: (entryId, index) => acceptSibling(program, entryId, index),
    dismissCandidates: () => attempt(program, () => dismissCandidates(program)),
    copyText: (text) =>
      void navigator.clipboard.writeText(text).then(
        () => store.notify({ kind: 'success', title: OPTION_STRINGS.copied, detail: text }),
        () => {},
      ),
    reconnect: engine.reconnect,
  }
}
