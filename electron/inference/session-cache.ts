import { stat } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import { NO_DEMANDS, type GraphDemands, type Session, type SessionLoader } from '../../models/runtime/session.ts'

/**
 * Owns every session of the process. Over its budget it releases the sessions that were used longest ago; one that is
 * needed again is loaded again, so whoever holds it notices nothing but the time. Runs are expected one after another.
 */
export class SessionCache implements SessionLoader {
  private readonly open: (path: string, demands: GraphDemands) => Promise<Session>
  private readonly loaded: LRUCache<string, Session>
  private readonly budgetBytes: number
  private releases: Promise<void>[] = []
  private runMs = 0

  /** @param budgetBytes  counted by the size of the graph files and of the weights beside them: what ONNX Runtime needs for weights, within a tenth. */
  constructor(open: (path: string, demands: GraphDemands) => Promise<Session>, budgetBytes: number) {
    this.open = open
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
        const session = await this.require(path, demands)
        const started = performance.now()
        const results = await session.run(feeds)
        this.runMs += performance.now() - started
        return results
      },
      dispose: async () => {
        this.loaded.delete(path)
        await this.finishReleases()
      },
    }
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

  private async finishReleases(): Promise<void> {
    const releases = this.releases
    this.releases = []
    await Promise.all(releases)
  }
}
