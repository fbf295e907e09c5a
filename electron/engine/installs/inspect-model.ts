import { rm, stat, statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import path from 'node:path'
import type { CheckpointFacts } from '../../../models/importing/inspect-checkpoint.ts'
import { EngineError } from '../../api/errors.ts'
import type { ModelInspection } from '../../api/installs.ts'
import { INSTALL_ERRORS } from '../../api/strings/installs.ts'
import { listEdits } from '../edits/edits.ts'
import { fetchOutline } from '../hub/fetch-outline.ts'
import type { HubClient } from '../hub/hub-client.ts'
import { describePrecisions } from '../packs/pack-summary.ts'
import type { WantedFile } from './install-record.ts'
import { findObstacles } from './obstacles.ts'
import { runImportProcess } from './import-process.ts'
import type { InstallTools } from './install-tools.ts'

/** What was found out about a model, with what only the engine needs. */
export interface LookedUpModel {
  readonly inspection: ModelInspection
  /** Of a repository. */
  readonly download: { readonly commit: string; readonly files: WantedFile[]; readonly presentPaths: readonly string[] } | null
}

/** @throws EngineError `model-…` where the folder cannot be imported, `file-unreadable` where there is none. */
export async function inspectFolder(folder: string, tools: InstallTools, signal: AbortSignal): Promise<LookedUpModel> {
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false)
  if (!isFolder) throw new EngineError('file-unreadable', INSTALL_ERRORS.notAFolder(folder))
  const { facts } = await runImportProcess(tools.startProcess, { type: 'inspect', checkpointFolder: folder, budgetBytes: tools.budgetBytes() }, { signal })
  const isShared = await isOnDiskOf(facts.weights.map((file) => file.path), tools.packsFolder)
  const inspection = await describe(facts, tools, {
    origin: folder,
    files: facts.weights.map((file) => ({ path: path.basename(path.dirname(file.path)) + '/' + path.basename(file.path), bytes: file.bytes })),
    downloadBytes: 0,
    isShared,
    extraBytes: isShared ? 0 : sum(facts.weights),
  })
  return { inspection, download: null }
}

/**
 * @param folder  where the repository's outline is put; left there.
 * @throws EngineError as `inspectFolder`, and what the Hub refuses with.
 */
export async function inspectRepository(
  hub: HubClient, source: { repository: string; revision: string }, folder: string, tools: InstallTools, signal: AbortSignal,
): Promise<LookedUpModel> {
  const { commit, files, texts } = await fetchOutline(hub, source, folder, signal)
  const { facts } = await runImportProcess(tools.startProcess, { type: 'inspect', checkpointFolder: folder, budgetBytes: tools.budgetBytes() }, { signal })
  const needed = new Set(facts.weights.map((file) => path.relative(folder, file.path).split(path.sep).join('/')))
  const weights = files.filter((file) => needed.has(file.path))
  const wanted = [...texts, ...weights]
  const inspection = await describe(facts, tools, {
    origin: `${source.repository}@${source.revision === 'main' ? commit.slice(0, 7) : source.revision}`,
    files: wanted.map(({ path, bytes }) => ({ path, bytes })),
    downloadBytes: sum(wanted),
    isShared: false,
    extraBytes: sum(wanted),
  })
  // Weights of another precision than is wanted stand in the outline as large empty files.
  for (const file of files) if (!wanted.includes(file)) await rm(path.join(folder, ...file.path.split('/')), { force: true })
  const name = source.repository.split('/').at(-1)!
  return { inspection: { ...inspection, name }, download: { commit, files: wanted, presentPaths: texts.map((file) => file.path) } }
}

interface Circumstances {
  readonly origin: string
  readonly files: ModelInspection['files']
  readonly downloadBytes: number
  readonly isShared: boolean
  /** What takes disk space besides what the import writes. */
  readonly extraBytes: number
}

async function describe(facts: CheckpointFacts, tools: InstallTools, circumstances: Circumstances): Promise<ModelInspection> {
  const { origin, files, downloadBytes, isShared, extraBytes } = circumstances
  const { bavail, bsize } = await statfs(tools.packsFolder)
  const machine = { freeDiskBytes: bavail * bsize, memoryBytes: totalmem(), budgetBytes: tools.budgetBytes() }
  const { name, family, description, licence, card, defaultSize, precisions, writtenBytes, needsGraphicsCard } = facts
  const memoryBytes = Math.min(...precisions.map((precision) => precision.memoryBytes))
  return {
    name, origin, family, description, licence, card, defaultSize, files, downloadBytes, isShared,
    edits: listEdits(facts.abilities),
    precisions: describePrecisions(precisions, true),
    ownBytes: writtenBytes,
    weightBytes: sum(facts.weights),
    freeBytes: machine.freeDiskBytes,
    obstacles: findObstacles({ diskBytes: writtenBytes + extraBytes, memoryBytes, needsGraphicsCard }, machine),
  }
}

/** Files of another disk cannot be shared, and are copied. */
async function isOnDiskOf(files: readonly string[], folder: string): Promise<boolean> {
  const { dev } = await stat(folder)
  const found = await Promise.all(files.map((file) => stat(file)))
  return found.every((file) => file.dev === dev)
}

function sum(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0)
}
