import type { LogLine } from '../../electron/api/documents.ts'

/** Whether what the user did is on disk. `unsaved`: the engine could not write; it is tried again by itself. */
export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'unsaved'; readonly message: string; readonly lineCount: number }

/** Waits between tries. The last one repeats: a full disk may be freed at any time. */
const RETRY_DELAYS_MS = [500, 1_000, 2_000, 5_000, 10_000]

/** Writes lines one at a time in the order they were made, and holds on to those that could not be written. */
export class LineWriter {
  readonly #appendLine: (line: LogLine) => Promise<void>
  readonly #onStateChange: (state: SaveState) => void
  readonly #waiting: LogLine[] = []
  #isWriting = false
  #failureCount = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastMessage = ''
  readonly #idleListeners: (() => void)[] = []

  constructor(appendLine: (line: LogLine) => Promise<void>, onStateChange: (state: SaveState) => void) {
    this.#appendLine = appendLine
    this.#onStateChange = onStateChange
  }

  write(line: LogLine): void {
    this.#waiting.push(line)
    if (this.#timer === undefined) void this.#writeAll()
    else this.#announce()
  }

  /** Tries at once what could not be written. */
  retry(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    void this.#writeAll()
  }

  whenIdle(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idleListeners.push(resolve))
  }

  dispose(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #writeAll(): Promise<void> {
    if (this.#isWriting) return
    this.#isWriting = true
    try {
      for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
        this.#announce()
        await this.#appendLine(line)
        this.#waiting.shift()
        this.#failureCount = 0
      }
      this.#announce()
      for (const resolve of this.#idleListeners.splice(0)) resolve()
    } catch (error) {
      this.#lastMessage = error instanceof Error ? error.message : String(error)
      const delay = RETRY_DELAYS_MS[Math.min(this.#failureCount, RETRY_DELAYS_MS.length - 1)]
      this.#failureCount++
      this.#timer = setTimeout(() => this.retry(), delay)
      this.#announce()
    } finally {
      this.#isWriting = false
    }
  }

  #announce(): void {
    const lineCount = this.#waiting.length
    if (this.#failureCount > 0) this.#onStateChange({ kind: 'unsaved', message: this.#lastMessage, lineCount })
    else this.#onStateChange({ kind: lineCount === 0 ? 'saved' : 'saving' })
  }
}
