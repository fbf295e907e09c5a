import type { Settings } from '../../api/settings.ts'
import type { StartInference } from '../inference-client/inference-process.ts'

/** What installs need of the rest of the engine. */
export interface InstallTools {
  /** Absolute: the user's own packs. */
  readonly packsFolder: string
  readonly startProcess: StartInference
  readonly getSettings: () => Pick<Settings, 'threadCount' | 'hubEndpoint' | 'proxy'>
  /** Memory that models may take. */
  readonly budgetBytes: () => number
  /** The path of a folder the user chose. Throws `not-found`. */
  readonly pathOfChosen: (folderId: string) => string
}
