import { InferenceClient } from './inference-client/inference-client.ts'
import type { CrashedProviders } from './inference-client/crashed-providers.ts'
import type { StartInference } from './inference-client/inference-process.ts'
import type { FileRegistry } from './file-registry.ts'
import { Installs } from './installs/installs.ts'
import type { EventHub } from './jobs/event-hub.ts'
import { createPackChanges, type PackChanges } from './packs/pack-changes.ts'
import { createPackLibrary, type PackLibrary } from './packs/packs.ts'
import { openPrecisionChoices } from './packs/precision-choices.ts'
import type { SettingsStore } from './settings.ts'

export interface ModelsOptions {
  /** Absolute; models are added to the first one. */
  readonly packFolders: readonly [string, ...string[]]
  readonly startInference: StartInference
  readonly settings: SettingsStore
  readonly files: FileRegistry
  readonly events: EventHub
  readonly crashedProviders: CrashedProviders
  /** Memory that models may take. */
  readonly budgetBytes: () => number
  /** Whether a job that runs or waits needs it. */
  readonly isPackNeeded: (packId: string) => boolean
}

/** Everything that has to do with models: the packs, the process that runs them, and those on their way. */
export async function openModels(
  options: ModelsOptions,
): Promise<{ packs: PackLibrary; inference: InferenceClient; changes: PackChanges; installs: Installs; loadChosenPack: () => void }> {
  const { packFolders, startInference, settings, files, events, crashedProviders, budgetBytes, isPackNeeded } = options
  const [packsFolder] = packFolders
  const precisions = await openPrecisionChoices(packsFolder)
  const tellOfPacks = () => events.publish({ type: 'packs' })
  const inference = new InferenceClient({
    start: startInference,
    getSettings: settings.get,
    getPrecision: precisions.get,
    crashedProviders,
    onModelChange: (model) => events.publish({ type: 'model', model }),
    onProviderCrash: (provider) => events.publish({ type: 'provider-crashed', provider }),
  })
  const changes = createPackChanges({
    startProcess: startInference,
    getThreadCount: () => settings.get().threadCount,
    onChange: tellOfPacks,
  })
  const packs = createPackLibrary({
    packFolders,
    getChosenId: () => settings.get().packId,
    precisions,
    changes,
    machine: () => ({ budgetBytes: budgetBytes(), usesGraphicsCard: (inference.model.execution?.provider ?? 'cpu') !== 'cpu' }),
    release: ({ pack, folder }) => !isPackNeeded(pack.id) && inference.release(folder),
    onChange: tellOfPacks,
    onPrecision(installed) {
      tellOfPacks()
      inference.reload(installed)
    },
  })
  const installs = await Installs.open({
    packsFolder,
    startProcess: startInference,
    getSettings: settings.get,
    budgetBytes,
    pathOfChosen: (folderId) => files.pathOf(folderId, 'open'),
    onChange: (install) => events.publish({ type: 'install', install }),
    onInstalled: tellOfPacks,
  })
  const loadChosenPack = () => void packs.find(null).then((chosen) => inference.load(chosen), inference.noteNoPack)
  let chosenProvider = settings.get().provider
  settings.onChange(({ provider }) => {
    // Whoever chooses it by name wants it tried: the driver may be another one by now.
    if (provider !== chosenProvider && provider !== 'auto') crashedProviders.forget(provider)
    chosenProvider = provider
    inference.applySettings()
    loadChosenPack()
  })
  return { packs, inference, changes, installs, loadChosenPack }
}
