import { rm } from 'node:fs/promises'
import { EngineError } from '../../api/errors.ts'
import type { Install, ModelInspection, Obstacle } from '../../api/installs.ts'
import { downloadFiles } from '../hub/download.ts'
import { HubClient } from '../hub/hub-client.ts'
import { PartsLog } from '../hub/parts-log.ts'
import { runImportProcess } from './import-process.ts'
import { inspectFolder, inspectRepository } from './inspect-model.ts'
import { writeRecord, type InstallPaths, type InstallRecord } from './install-record.ts'
import type { InstallTools } from './install-tools.ts'

/** What changes while an install runs. */
export type InstallNews = Partial<Pick<Install, 'name' | 'phase' | 'progress' | 'downloadedBytes' | 'downloadBytes' | 'isPausable'>> & {
  readonly isOffline?: boolean
}

export interface InstallRun {
  readonly record: InstallRecord
  readonly paths: InstallPaths
  readonly tools: InstallTools
  readonly signal: AbortSignal
  readonly report: (news: InstallNews) => void
}

/** Of the whole, what looking up and downloading take; on most lines the rest is seconds. */
const LOOKED_UP = 0.01
const DOWNLOADED = 0.9

/**
 * Takes an install from where it is to the finished pack. @returns the pack's id.
 * @throws EngineError, the disk's own errors, and the signal's reason.
 */
export async function runInstall(run: InstallRun): Promise<string> {
  const { source } = run.record
  if (source.kind === 'hub') return installRepository(run, source)
  if (source.kind === 'folder') throw new TypeError('A chosen folder is kept by its path')
  const { tools, signal, report } = run
  report({ phase: 'reading', progress: 0 })
  const { inspection } = await inspectFolder(source.path, tools, signal)
  refuseObstacles(inspection)
  return importModel(run, { checkpointFolder: source.path, isCheckpointDiscarded: false, startsAt: 0 })
}

async function installRepository(run: InstallRun, source: { repository: string; revision: string }): Promise<string> {
  const { paths, tools, signal, report } = run
  const { hubEndpoint, proxy } = tools.getSettings()
  const hub = new HubClient({ endpoint: hubEndpoint, proxy })
  const log = await PartsLog.open(paths.parts)
  try {
    report({ phase: 'looking-up', isPausable: true })
    const record = run.record.download === null ? await lookUp({ ...run, hub, log }, source) : run.record
    const { commit, files } = record.download!
    const downloadBytes = files.reduce((sum, { bytes }) => sum + bytes, 0)
    report({ phase: 'downloading', downloadBytes })
    await downloadFiles({
      hub, repository: source.repository, commit, files, folder: paths.checkpoint, log, signal,
      onBytes: (receivedBytes) =>
        report({
          downloadedBytes: receivedBytes,
          progress: LOOKED_UP + (DOWNLOADED - LOOKED_UP) * (receivedBytes / Math.max(1, downloadBytes)),
        }),
      onOffline: (isOffline) => report({ isOffline }),
    })
    report({ phase: 'reading', isPausable: false, isOffline: false })
    return await importModel({ ...run, record }, { checkpointFolder: paths.checkpoint, isCheckpointDiscarded: true, startsAt: DOWNLOADED })
  } finally {
    await log.close()
    await hub.dispose()
  }
}

/** What a repository holds is asked once: an install goes on with the same files, whatever is published meanwhile. */
async function lookUp(
  { record, paths, tools, signal, report, hub, log }: InstallRun & { hub: HubClient; log: PartsLog },
  source: { repository: string; revision: string },
): Promise<InstallRecord> {
  await rm(paths.checkpoint, { recursive: true, force: true })
  const { inspection, download } = await inspectRepository(hub, source, paths.checkpoint, tools, signal)
  refuseObstacles(inspection)
  const { commit, files, presentPaths } = download!
  // Each is a part of its own and is checked with the others.
  for (const path of presentPaths) await log.notePart(path, 0)
  const lookedUp = { ...record, name: record.name ?? inspection.name, download: { commit, files } }
  await writeRecord(paths, lookedUp)
  report({ progress: LOOKED_UP, name: lookedUp.name })
  return lookedUp
}

async function importModel(
  { record, paths, tools, signal, report }: InstallRun,
  { checkpointFolder, isCheckpointDiscarded, startsAt }: { checkpointFolder: string; isCheckpointDiscarded: boolean; startsAt: number },
): Promise<string> {
  // Left by an attempt that was ended.
  await rm(paths.draft, { recursive: true, force: true })
  const { packId } = await runImportProcess(
    tools.startProcess,
    {
      type: 'import', checkpointFolder, draftFolder: paths.draft, packsFolder: tools.packsFolder, name: record.name,
      isCheckpointDiscarded, budgetBytes: tools.budgetBytes(), threadCount: tools.getSettings().threadCount,
    },
    { signal, onProgress: ({ stage, share }) => report({ phase: stage, progress: startsAt + (1 - startsAt) * share }) },
  )
  return packId
}

const OBSTACLE_CODES = { 'disk': 'disk-full', 'memory': 'machine-too-small', 'graphics-card': 'machine-too-small' } as const satisfies
  Record<Obstacle['kind'], string>

/** @throws EngineError with the worst of what this machine lacks. */
function refuseObstacles({ obstacles }: ModelInspection): void {
  const blocking = obstacles.find(({ isBlocking }) => isBlocking)
  if (blocking) throw new EngineError(OBSTACLE_CODES[blocking.kind], blocking.message)
}
