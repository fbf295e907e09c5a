import { utilityProcess } from 'electron'
import { createInterface } from 'node:readline'
import type { ImportEvent, InferenceEvent } from '../api/inference.ts'
import type { StartInference } from '../engine/inference-client/inference-process.ts'

/**
 * Starts the inference process as Electron's utility process.
 *
 * @param bundle  the built entry of electron/inference.
 */
export function startUtilityInference(bundle: string): StartInference {
  return () => {
    const child = utilityProcess.fork(bundle, [], { serviceName: 'Remask inference', stdio: ['ignore', 'inherit', 'pipe'] })
    // A window has no terminal: what the process says of its own faults belongs in the log, as main's does.
    if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => console.error(line))
    return {
      get pid() {
        return child.pid
      },
      post: (request) => child.postMessage(request),
      onEvent: (listener) => void child.on('message', (event: InferenceEvent | ImportEvent) => listener(event)),
      onExit: (listener) => void child.once('exit', (code) => listener(`exit code ${code}`)),
      kill() {
        // There is no process to end before it has spawned.
        if (child.pid === undefined) child.once('spawn', () => killNow(child.pid))
        else killNow(child.pid)
      },
    }
  }
}

/** `UtilityProcess.kill` asks; a process inside native code does not hear it. */
function killNow(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It has ended, and nobody has been told yet.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
