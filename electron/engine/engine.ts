import { mkdir } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import type { HostKind } from '../api/about.ts'
import { createApp } from './app.ts'
import { dataPaths } from './data-paths.ts'
import { createFileRegistry, type FileRegistry } from './file-registry.ts'
import type { StartInference } from './inference-process.ts'
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
  await mkdir(paths.documents, { recursive: true })
  const files = createFileRegistry()
  const settings = await openSettings(paths.settings)

  const app = createApp({
    about: {
      version: options.version,
      host: options.host,
      dataFolder: options.dataFolder,
      packFolder: options.packFolders[0] ?? '',
      coreCount: cpus().length,
      memoryMiB: Math.floor(totalmem() / 2 ** 20),
    },
    settings,
  })
  return {
    fetch: async (request) => app.fetch(request),
    files,
    dispose: async () => {},
  }
}
