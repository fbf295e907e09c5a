import { stat } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import { NO_DEMANDS, type GraphDemands, type Session, type SessionLoader } from '../../models/runtime/session.ts'

/** A brief graph is released after so many runs of others: not after one, since windows of a picture ask it in turns with them. */
const IDLE_RUNS = 2

/**
 * Owns every session of the process. Over its budget it releases the sessions that were used longest ago, and brief ones when
 * others go on without them; one that is needed again is loaded again, so whoever holds it notices nothing but the time.
 * Runs are expected one after another.
 */
export class SessionCache implements SessionLoader {
  private readonly open: (path: string, demands: GraphDemands) => Promise<Session>
  private readonly loaded: LRUCache<string, Session>
  private readonly budgetBytes: number
  private readonly releasesBrief: boolean
  /** Of the brief graphs that are loaded: how many others have run since. */
  private readonly idleRuns = new Map<string, number>()
  private releases: Promise<void>[] = []
  private runMs = 0

  /**
   * @param budgetBytes  counted by the size of the graph files and of the weights beside them: what ONNX Runtime needs for weights, within a tenth.
   * @param releasesBrief  whether loading a graph again is quick, as it is where weights are mapped from their file.
   */
  constructor(open: (path: string, demands: GraphDemands) => Promise<Session>, budgetBytes: number, releasesBrief = true) {
    this.open = open
    this.releasesBrief = releasesBrief
    this.budgetBytes = Math.max(1, Math.floor(budgetBytes))
    this.loaded = new LRUCache({
      maxSize: this.budgetBytes,
      dispose: (session) => this.releases.push(session.dispose()),
    })
  }

  /** Milliseconds spent running graphs, in all. */
  get graphMs(): number {
    return this.runMs
  }

  get loadedCount(): number {
    return this.loaded.size
  }

  async load(path: string, demands = NO_DEMANDS): Promise<Session> {
    const { inputNames, outputNames } = await this.require(path, demands)
    return {
      inputNames,
      outputNames,
      run: async (feeds) => {
        // Brief graphs run one after the other.
        if (demands.isBrief) this.releaseBrief({ but: path })
        const session = await this.require(path, demands)
        const started = performance.now()
        const results = await session.run(feeds)
        this.runMs += performance.now() - started
        this.noteRun(path, demands)
        await this.finishReleases()
        return results
      },
      dispose: async () => {
        this.loaded.delete(path)
        await this.finishReleases()
      },
    }
  }

  /** At the end of a job: what only its beginning and its end needed. */
  async rest(): Promise<void> {
    this.releaseBrief()
    await this.finishReleases()
  }

  /** Releases every session. An unreleased one keeps the process alive. */
  async dispose(): Promise<void> {
    this.loaded.clear()
    await this.finishReleases()
  }

  private async require(path: string, demands: GraphDemands): Promise<Session> {
    const known = this.loaded.get(path)
    if (known !== undefined) return known
    const size = (await stat(path)).size + demands.externalWeightBytes
    // Room is made before loading, not after: the peak is what a small machine cannot give.
    while (this.loaded.size > 0 && this.loaded.calculatedSize + size > this.budgetBytes) this.loaded.pop()
    await this.finishReleases()
    const session = await this.open(path, demands)
    // A graph larger than the whole budget must be loaded all the same: it then stands alone.
    this.loaded.set(path, session, { size: Math.min(Math.max(1, size), this.budgetBytes) })
    return session
  }

  private noteRun(path: string, { isBrief }: GraphDemands): void {
    for (const [idle, runs] of this.idleRuns) this.idleRuns.set(idle, runs + 1)
    if (isBrief && this.releasesBrief) this.idleRuns.set(path, 0)
    this.releaseBrief({ leastRuns: IDLE_RUNS })
  }

  /** Those that so many runs of others have passed by. */
  private releaseBrief({ leastRuns = 0, but = '' } = {}): void {
    for (const [path, runs] of this.idleRuns) {
      if (runs < leastRuns || path === but) continue
      this.idleRuns.delete(path)
      this.loaded.delete(path)
    }
  }

  private async finishReleases(): Promise<void> {
    const releases = this.releases
    this.releases = []
    await Promise.all(releases)
  }
}
