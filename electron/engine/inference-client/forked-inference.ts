import { fork } from 'node:child_process'
import type { ImportEvent, InferenceEvent } from '../../api/inference.ts'
import type { StartInference } from './inference-process.ts'

/**
 * Starts the inference process where there is no Electron: a forked Node process, spoken to by structured clone so that
 * typed arrays travel as bytes. What it prints goes to stderr; stdout belongs to the command line's results.
 *
 * @param bundle  the built entry of electron/inference.
 */
export function startForkedInference(bundle: string): StartInference {
  return () => {
    const child = fork(bundle, [], {
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
      execArgv: [],
      // A group of its own: Ctrl+C in the terminal is the host's to act on. (On Windows it would open a console.)
      detached: process.platform !== 'win32',
    })
    let exitReason: string | undefined
    const exitListeners: ((reason: string) => void)[] = []
    const noteExit = (reason: string) => {
      if (exitReason !== undefined) return
      exitReason = reason
      for (const listener of exitListeners) listener(reason)
    }
    child.on('exit', (code, signal) => noteExit(signal ? `signal ${signal}` : `exit code ${code}`))
    child.on('error', (error) => {
      // A failed send is followed by `exit`; a process that never started is not.
      if (child.pid === undefined) noteExit(error.message)
    })
    return {
      pid: child.pid,
      post: (request) => void child.send(request, () => {}),
      onEvent: (listener) => void child.on('message', (event) => listener(event as InferenceEvent | ImportEvent)),
      onExit: (listener) => {
        if (exitReason === undefined) exitListeners.push(listener)
        else listener(exitReason)
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }
}
