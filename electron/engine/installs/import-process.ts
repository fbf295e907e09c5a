import type { ImportEvent, ImportRequest } from '../../api/inference.ts'
import { EngineError } from '../../api/errors.ts'
import { INSTALL_ERRORS } from '../../api/strings/installs.ts'
import type { StartInference } from '../inference-client/inference-process.ts'

type Answer = Extract<ImportEvent, { type: 'inspected' | 'imported' | 'extended' }>
type AnswerTo<Request extends ImportRequest> = Extract<Answer, { type: { inspect: 'inspected'; import: 'imported'; extend: 'extended' }[Request['type']] }>
type Progress = Extract<ImportEvent, { type: 'importing' }>

/**
 * Has a model inspected or imported by a process of its own, which ends with it: the memory is the system's again, and runs go
 * on meanwhile.
 *
 * @throws EngineError as the process answers; `inference-stopped` when it died. The signal's reason when it is aborted.
 */
export async function runImportProcess<Request extends ImportRequest>(
  start: StartInference, request: Request, { signal, onProgress }: { signal: AbortSignal; onProgress?: (event: Progress) => void },
): Promise<AnswerTo<Request>> {
  signal.throwIfAborted()
  const started = start()
  let kill = () => {}
  let exited = () => {}
  const exit = new Promise<void>((resolve) => (exited = resolve))
  try {
    return await new Promise<AnswerTo<Request>>((resolve, reject) => {
      kill = () => reject(signal.reason as Error)
      signal.addEventListener('abort', kill)
      started.onExit(() => {
        exited()
        reject(new EngineError('inference-stopped', INSTALL_ERRORS.processStopped))
      })
      started.onEvent((event) => {
        if (event.type === 'importing') onProgress?.(event)
        if (event.type === 'inspected' || event.type === 'imported' || event.type === 'extended') resolve(event as AnswerTo<Request>)
        if (event.type === 'import-failed') reject(EngineError.fromWire(event.error))
      })
      started.post(request)
    })
  } finally {
    signal.removeEventListener('abort', kill)
    started.kill()
    // Until then it may still write.
    await exit
  }
}
