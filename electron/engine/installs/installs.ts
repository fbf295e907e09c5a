import { EngineError } from '../../api/errors.ts'
import type { Install, InstallRequest, ModelInspection, ModelSource } from '../../api/installs.ts'

/** Models on their way to becoming packs. Methods that name an install throw `not-found` for one that is not known. */
export interface Installs {
  /** Looks at a model without installing it. */
  inspect(source: ModelSource): Promise<ModelInspection>
  /** Those that run, wait, are paused or failed; oldest first. */
  list(): Install[]
  /** Answers when the install is on disk and begins. */
  start(request: InstallRequest): Promise<Install>
  pause(id: string): Promise<Install>
  resume(id: string): Promise<Install>
  /** Ends it and removes all it has fetched. Answers when that is done. */
  cancel(id: string): Promise<Install>
}

export function createInstalls(): Installs {
  const refuse = async (): Promise<never> => {
    throw new EngineError('internal', 'Models cannot be added yet.')
  }
  return { inspect: refuse, list: () => [], start: refuse, pause: refuse, resume: refuse, cancel: refuse }
}
