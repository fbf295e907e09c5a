import { toDiskError } from '../../api/disk-problems.ts'
import { EngineError } from '../../api/errors.ts'
import type { Install } from '../../api/installs.ts'
import { InstallPace } from './install-pace.ts'
import { runInstall, type InstallNews, type InstallRun } from './run-install.ts'

/** Windows are told of bytes this often. */
const TELL_EVERY_MS = 250

/** One run of an install, and what is to be told of it. */
export class RunningInstall {
  #install: Install
  readonly #onChange: (install: Install) => void
  readonly #stopping = new AbortController()
  #ended: Promise<void> = Promise.resolve()
  #pace = new InstallPace()
  #toldMs = 0

  constructor(install: Install, onChange: (install: Install) => void) {
    this.#install = { ...install, state: 'running', phase: 'waiting', error: null }
    this.#onChange = onChange
  }

  get install(): Install {
    return this.#install
  }

  get isActive(): boolean {
    return this.#install.state === 'running' || this.#install.state === 'offline'
  }

  /** Resolves when it is done, stopped or failed: the install's state says which. The last change is for the caller to `tell`. */
  start(run: Omit<InstallRun, 'signal' | 'report'>): Promise<void> {
    this.#ended = this.#run({ ...run, signal: this.#stopping.signal, report: (news) => this.#note(news) })
    return this.#ended
  }

  /** Answers when it has stopped; what it has fetched stays. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#ended
  }

  tell(): void {
    this.#toldMs = performance.now()
    this.#onChange(this.#install)
  }

  async #run(run: InstallRun): Promise<void> {
    this.tell()
    const ended = { bytesPerSecond: null, secondsLeft: null }
    try {
      const packId = await runInstall(run)
      this.#install = { ...this.#install, ...ended, state: 'done', phase: 'ended', progress: 1, packId }
    } catch (thrown) {
      if (this.#stopping.signal.aborted) {
        this.#install = { ...this.#install, ...ended, state: 'paused' }
        return
      }
      const error = EngineError.from(toDiskError(thrown))
      if (error.code === 'internal') console.error(error.cause)
      this.#install = { ...this.#install, ...ended, state: 'failed', error: error.toWire() }
    }
  }

  #note({ isOffline, ...news }: InstallNews): void {
    const before = this.#install
    if (news.phase !== undefined && news.phase !== before.phase && (news.phase === 'downloading' || before.phase === 'downloading')) {
      this.#pace = new InstallPace()
    }
    const after = { ...before, ...news }
    if (isOffline !== undefined) after.state = isOffline ? 'offline' : 'running'
    const now = performance.now()
    const isDownload = after.phase === 'downloading'
    this.#pace.note(now, isDownload ? after.downloadedBytes : after.progress)
    const isOnline = after.state === 'running'
    after.bytesPerSecond = isDownload && isOnline ? this.#pace.perSecond : null
    after.secondsLeft = isOnline ? this.#pace.secondsLeft(isDownload ? after.downloadBytes : 1) : null
    this.#install = after
    const isNews = after.phase !== before.phase || after.state !== before.state
    if (isNews || now - this.#toldMs >= TELL_EVERY_MS) this.tell()
  }
}
