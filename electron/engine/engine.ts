import { availableParallelism, totalmem } from 'node:os'
import type { About, HostKind } from '../api/about.ts'
import { Analyses } from './analyses/analyses.ts'
import { createActivity } from './storage/activity.ts'
import { createApp } from './app.ts'
import { createCleanUp } from './storage/clean-up.ts'
import { lockDataFolder } from './storage/data-folder-lock.ts'
import { dataPaths, type DataPaths } from './storage/data-paths.ts'
import { makeFolder } from './storage/disk-errors.ts'
import { openDocuments } from './documents/documents.ts'
import { createEventHub } from './jobs/event-hub.ts'
import { createFileRegistry, type FileRegistry } from './file-registry.ts'
import { openCrashedProviders } from './inference-client/crashed-providers.ts'
import type { StartInference } from './inference-client/inference-process.ts'
import { openJobQueue } from './jobs/job-queue.ts'
import { createJobStore } from './jobs/job-store.ts'
import { openModels } from './open-models.ts'
import { openPackTimings } from './packs/pack-timings.ts'
import { createTokenLibrary } from './packs/token-library.ts'
import { openPixelStorage } from './pictures/pixel-storage.ts'
import { openSettings } from './settings.ts'

export interface EngineOptions {
  /** Absolute; made where there is none. One engine at a time. */
  readonly dataFolder: string
  /** Absolute folders whose subfolders are packs; where two have a pack of one id, the first counts. */
  readonly packFolders: readonly string[]
  readonly startInference: StartInference
  readonly version: string
  readonly host: HostKind
}

export interface Engine {
  /** The whole API. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** Where the host registers the paths a user chose. */
  readonly files: FileRegistry
  /** Ends the inference process, waits for what is being written, and gives the data folder free. */
  dispose(): Promise<void>
}

/** Throws EngineError `data-folder-in-use` when another engine has the data folder, `disk-read-only` when it cannot be written. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const paths = dataPaths(options.dataFolder)
  await makeFolder(paths.documents)
  const unlockDataFolder = await lockDataFolder(paths.lock)
  try {
    return await startEngine(options, paths, unlockDataFolder)
  } catch (error) {
    await unlockDataFolder()
    throw error
  }
}

async function startEngine(options: EngineOptions, paths: DataPaths, unlockDataFolder: () => Promise<void>): Promise<Engine> {
  const files = createFileRegistry()
  const activity = createActivity()
  const settings = await openSettings(paths.settings)
  const budgetBytes = () => memoryBudgetBytes(settings.get().memoryMiB)
  const pixels = await openPixelStorage(paths, budgetBytes())
  const events = createEventHub()
  const crashedProviders = await openCrashedProviders(paths.crashedProviders, options.version)
  const { packs, inference, changes, installs, loadChosenPack } = await openModels({
    packFolders: [options.packFolders[0] ?? paths.packs, ...options.packFolders.slice(1)],
    startInference: options.startInference,
    settings, files, events, crashedProviders, budgetBytes,
    isPackNeeded: (packId) => jobs.usesPack(packId),
  })
  const timings = await openPackTimings(paths.timings, () => settings.get().threadCount)
  const jobs = await openJobQueue({ store: createJobStore(paths), packs, timings, inference, events, tools: pixels })
  const analyses = new Analyses({ packs, pixels, inference, events, getJob: (jobId) => jobs.get(jobId) })
  const tokens = createTokenLibrary({ packs, inference, ...pixels })
  const cleanUp = createCleanUp({
    ...pixels,
    referringFolders: [paths.documents],
    isBusy: () => activity.isBusy() || jobs.hasUnfinished() || documents.hasUnsaved(),
  })
  const documents = await openDocuments({ ...pixels, paths, jobs, onDelete: cleanUp.schedule })
  cleanUp.schedule()

  events.onWindowGone((window) => documents.releaseWindow(window))

  const app = createApp({
    about: describe(options), settings, files, activity, pixels, documents, events, packs, inference, jobs, tokens, analyses, installs,
    loadChosenPack,
  })
  return {
    fetch: async (request) => app.fetch(request),
    files,
    async dispose() {
      events.dispose()
      inference.dispose()
      await crashedProviders.settle()
      await changes.dispose()
      await installs.dispose()
      await jobs.dispose()
      await cleanUp.dispose()
      await documents.dispose()
      await unlockDataFolder()
    },
  }
}

/** Half of the machine's memory unless the user has set another budget. */
function memoryBudgetBytes(memoryMiB: number): number {
  return memoryMiB === 0 ? totalmem() / 2 : memoryMiB * 2 ** 20
}

function describe({ version, host, dataFolder, packFolders }: EngineOptions): About {
  return {
    version,
    host,
    dataFolder,
    packFolder: packFolders[0] ?? '',
    coreCount: availableParallelism(),
    memoryMiB: Math.floor(totalmem() / 2 ** 20),
  }
}
