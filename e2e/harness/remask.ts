import { existsSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { HostKind, RunningHost } from './host.ts'
import { PageGuard } from './page-guard.ts'
import { killProcessTree, listProcessTree } from './process-tree.ts'

/** What specs drive: the program in one host, on one data folder, over as many starts as a spec needs. */
export class Remask {
  readonly host: HostKind
  readonly dataFolder: string
  readonly guard = new PageGuard()
  readonly #networkLog: string
  readonly #launch: () => Promise<RunningHost>
  #running: RunningHost | undefined

  constructor(host: HostKind, dataFolder: string, networkLog: string, launch: () => Promise<RunningHost>) {
    this.host = host
    this.dataFolder = dataFolder
    this.#networkLog = networkLog
    this.#launch = launch
  }

  get running(): RunningHost {
    if (this.#running === undefined) throw new Error('The program is not running')
    return this.#running
  }

  get page(): Page {
    return this.running.page
  }

  /** Starts it, again where it was ended, on the same data folder. */
  async open(): Promise<void> {
    this.#running = await this.#launch()
    this.guard.watch(this.#running.page)
  }

  async close(): Promise<void> {
    await this.#running?.close()
    this.#running = undefined
  }

  /** Ends every process of it at once, as a power cut does. */
  async kill(): Promise<void> {
    const { pid, page } = this.running
    this.guard.leave(page)
    killProcessTree(pid)
    await page.context().close().catch(() => {})
    this.#running = undefined
  }

  /** The process that runs ONNX Runtime, if it is running. */
  findInferencePid(): number | undefined {
    return listProcessTree(this.running.pid).find(({ command }) => /inference(\.js|$)|Remask inference/.test(command))?.pid
  }

  /** The engine's answer, asked for by the page, as the page would. */
  fetchJson<Answer>(pathname: string): Promise<Answer> {
    return this.page.evaluate(async (relative) => (await fetch(relative)).json(), `api/${pathname}`) as Promise<Answer>
  }

  /** All that went wrong unasked: console errors, uncaught errors, and whatever would have left the machine. */
  get problems(): readonly string[] {
    const connections = existsSync(this.#networkLog) ? readFileSync(this.#networkLog, 'utf8').trim().split('\n') : []
    return [...this.guard.problems, ...connections]
  }
}
