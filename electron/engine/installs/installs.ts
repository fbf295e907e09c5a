import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineError } from '../../api/errors.ts'
import { installRequestSchema, type Install, type InstallRequest, type ModelInspection, type ModelSource } from '../../api/installs.ts'
import { INSTALL_ERRORS } from '../../api/strings/installs.ts'
import { lockDataFolder } from '../storage/data-folder-lock.ts'
import { makeFolder, writing } from '../storage/disk-errors.ts'
import { HubClient } from '../hub/hub-client.ts'
import { findLeftInstalls, installsFolder } from './left-installs.ts'
import { inspectFolder, inspectRepository } from './inspect-model.ts'
import { installPaths, readRecord, writeRecord, type InstallPaths, type InstallRecord } from './install-record.ts'
import type { InstallTools } from './install-tools.ts'
import { RunningInstall } from './running-install.ts'

export interface InstallsOptions extends InstallTools {
  readonly onChange: (install: Install) => void
  /** A pack was installed. */
  readonly onInstalled: () => void
}

interface KnownInstall {
  readonly paths: InstallPaths
  record: InstallRecord
  /** Of the newest run; none since the engine started where undefined. */
  run?: RunningInstall
  /** Resolves when the run has ended and the disk is as it says. */
  settled?: Promise<void>
}

/**
 * Models on their way to becoming packs. Each has a folder of its own beside the packs, and shows up as a pack by one rename
 * when it is finished. Methods that name an install throw `not-found` for one that is not known.
 */
export class Installs {
  readonly #options: InstallsOptions
  readonly #known = new Map<string, KnownInstall>()
  readonly #looking = new AbortController()

  private constructor(options: InstallsOptions) {
    this.#options = options
  }

  /** Finds what an earlier engine left unfinished, and removes what is of no use. Nothing goes on by itself. */
  static async open(options: InstallsOptions): Promise<Installs> {
    const installs = new Installs(options)
    for (const { paths, record } of await findLeftInstalls(options.packsFolder)) installs.#known.set(record.id, { paths, record })
    return installs
  }

  /** Looks at a model without installing it. */
  async inspect(source: ModelSource): Promise<ModelInspection> {
    const kept = this.#keepByPath(source)
    await makeFolder(this.#options.packsFolder)
    if (kept.kind === 'path') return (await inspectFolder(kept.path, this.#options, this.#looking.signal)).inspection
    const paths = this.#pathsOf(randomUUID())
    await makeFolder(paths.folder)
    const unlock = await lockDataFolder(paths.lock)
    const { hubEndpoint, proxy } = this.#options.getSettings()
    const hub = new HubClient({ endpoint: hubEndpoint, proxy })
    try {
      return (await writing(() => inspectRepository(hub, kept, paths.checkpoint, this.#options, this.#looking.signal))).inspection
    } finally {
      await hub.dispose()
      await unlock()
      await rm(paths.folder, { recursive: true, force: true })
    }
  }

  /** Those that run, are paused or failed; oldest first. */
  list(): Install[] {
    return [...this.#known.values()].map(describe).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
  }

  /** Answers when it is on disk. A repository that is being installed already goes on. Throws `licence-not-accepted`. */
  async start(request: InstallRequest): Promise<Install> {
    const { source, name, isLicenceAccepted } = installRequestSchema.parse(request)
    if (!isLicenceAccepted) throw new EngineError('licence-not-accepted', INSTALL_ERRORS.licence)
    const kept = this.#keepByPath(source)
    const before = [...this.#known.values()].find(({ record }) => kept.kind === 'hub' && isSameRepository(record.source, kept))
    if (before) return this.resume(before.record.id)
    const id = randomUUID()
    const paths = this.#pathsOf(id)
    await makeFolder(paths.folder)
    const record: InstallRecord = { id, name, source: kept, createdAt: new Date().toISOString(), download: null, error: null }
    await writeRecord(paths, record)
    const known = { paths, record }
    this.#known.set(id, known)
    return this.#begin(known)
  }

  /** Throws `invalid-request` for an install that has nothing to pause. */
  async pause(id: string): Promise<Install> {
    const known = this.#find(id)
    if (known.run?.isActive && !known.run.install.isPausable) throw new EngineError('invalid-request', INSTALL_ERRORS.notPausable)
    await this.#stop(known)
    return describe(known)
  }

  /** Goes on with a paused or failed one. Throws `data-folder-in-use` where another program does already. */
  async resume(id: string): Promise<Install> {
    const known = this.#find(id)
    // One that has just ended says so before it has given its lock free.
    if (!known.run?.isActive) await known.settled?.catch(() => {})
    if (known.run?.isActive) return describe(known)
    // It may have come further elsewhere.
    known.record = { ...((await readRecord(known.paths)) ?? known.record), error: null }
    return this.#begin(known)
  }

  /** Ends it and removes all it has fetched. Answers when that is done. */
  async cancel(id: string): Promise<Install> {
    const known = this.#find(id)
    await this.#stop(known)
    this.#known.delete(id)
    await rm(known.paths.folder, { recursive: true, force: true, maxRetries: 3 })
    const cancelled: Install = { ...describe(known), state: 'cancelled', phase: 'ended', secondsLeft: null, bytesPerSecond: null }
    this.#options.onChange(cancelled)
    return cancelled
  }

  /** Ends what runs; it is found paused at the next start. */
  async dispose(): Promise<void> {
    this.#looking.abort()
    await Promise.all([...this.#known.values()].map((known) => this.#stop(known)))
  }

  async #begin(known: KnownInstall): Promise<Install> {
    const { paths, record } = known
    await mkdir(this.#options.packsFolder, { recursive: true })
    const unlock = await lockDataFolder(paths.lock, INSTALL_ERRORS.elsewhere)
    const run = new RunningInstall(toInstall(record), this.#options.onChange)
    known.run = run
    known.settled = run.start({ record, paths, tools: this.#options }).then(() => this.#settle(known, run)).finally(unlock)
    // What cannot be tidied up now is found at the next start.
    known.settled.catch(console.error)
    return run.install
  }

  async #settle(known: KnownInstall, run: RunningInstall): Promise<void> {
    const { paths, record } = known
    const { state, error } = run.install
    if (state === 'done') {
      this.#known.delete(record.id)
      // Without its record it counts as a leftover, should deleting be interrupted.
      await rm(paths.record, { force: true })
      this.#options.onInstalled()
    }
    if (state === 'failed') {
      known.record = { ...((await readRecord(paths)) ?? record), error }
      await writeRecord(paths, known.record).catch(() => {})
    }
    run.tell()
    if (state === 'done') await rm(paths.folder, { recursive: true, force: true, maxRetries: 3 })
  }

  async #stop({ run, settled }: KnownInstall): Promise<void> {
    await run?.stop()
    await settled?.catch(() => {})
  }

  /** An id of a chosen folder is forgotten with the engine; its path is not. */
  #keepByPath(source: ModelSource): Exclude<ModelSource, { kind: 'folder' }> {
    return source.kind === 'folder' ? { kind: 'path', path: this.#options.pathOfChosen(source.folderId) } : source
  }

  #find(id: string): KnownInstall {
    const known = this.#known.get(id)
    if (known === undefined) throw new EngineError('not-found', INSTALL_ERRORS.unknown)
    return known
  }

  #pathsOf(id: string): InstallPaths {
    return installPaths(join(installsFolder(this.#options.packsFolder), id))
  }
}

function describe({ run, record }: KnownInstall): Install {
  return run?.install ?? toInstall(record)
}

/** As it is found on the disk. */
function toInstall({ id, name, source, createdAt, download, error }: InstallRecord): Install {
  const origin = source.kind === 'hub' ? `${source.repository}@${source.revision}` : source.kind === 'path' ? source.path : ''
  return {
    id, origin, createdAt, error,
    name: name ?? origin,
    state: error === null ? 'paused' : 'failed',
    phase: 'waiting',
    progress: 0,
    downloadedBytes: 0,
    downloadBytes: download?.files.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0,
    bytesPerSecond: null,
    secondsLeft: null,
    isPausable: source.kind === 'hub',
    packId: null,
  }
}

function isSameRepository(a: ModelSource, b: ModelSource): boolean {
  return a.kind === 'hub' && b.kind === 'hub' && a.repository === b.repository && a.revision === b.revision
}
