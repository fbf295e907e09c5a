import { utilityProcess } from 'electron'
import type { ImportEvent, InferenceEvent } from '../api/inference.ts'
import type { StartInference } from '../engine/inference-client/inference-process.ts'

/**
 * Starts the inference process as Electron's utility process.
 *
 * @param bundle  the built entry of electron/inference.
 */
export function startUtilityInference(bundle: string): StartInference {
  return () => {
    const child = utilityProcess.fork(bundle, [], { serviceName: 'Remask inference' })
    return {
      get pid() {
        return child.pid
      },
      post: (request) => child.postMessage(request),
      onEvent: (listener) => void child.on('message', (event: InferenceEvent | ImportEvent) => listener(event)),
      onExit: (listener) => void child.once('exit', (code) => listener(`exit code ${code}`)),
      kill() {
        // `child.kill` asks; a process inside native code does not hear it.
        if (child.pid === undefined) child.kill()
        else process.kill(child.pid, 'SIGKILL')
      },
    }
  }
}
