import { open, readFile, type FileHandle } from 'node:fs/promises'
import { unlessMissing } from '../storage/disk-errors.ts'

/**
 * Which parts of which files have arrived: one line each, appended when the part is written. Not synced: what a power cut
 * makes of it, the check of the whole file finds out. Lines are `part <index> <path>`, `whole <path>`, `again <path>`.
 */
export class PartsLog {
  readonly #log: FileHandle
  readonly #parts = new Map<string, Set<number>>()
  readonly #whole = new Set<string>()

  private constructor(log: FileHandle) {
    this.#log = log
  }

  static async open(path: string): Promise<PartsLog> {
    const text = await unlessMissing(readFile(path, 'utf8'), '')
    const log = new PartsLog(await open(path, 'a'))
    // Behind the last line end is what a crash left.
    for (const line of text.split('\n').slice(0, -1)) log.#apply(line)
    if (!text.endsWith('\n') && text !== '') await log.#log.write('\n')
    return log
  }

  hasPart(path: string, index: number): boolean {
    return this.#parts.get(path)?.has(index) ?? false
  }

  /** Whether a file is there and its bytes have been checked. */
  isWhole(path: string): boolean {
    return this.#whole.has(path)
  }

  notePart(path: string, index: number): Promise<void> {
    return this.#note(`part ${index} ${path}`)
  }

  noteWhole(path: string): Promise<void> {
    return this.#note(`whole ${path}`)
  }

  /** All of a file is to be fetched again. */
  forget(path: string): Promise<void> {
    return this.#note(`again ${path}`)
  }

  close(): Promise<void> {
    return this.#log.close()
  }

  async #note(line: string): Promise<void> {
    await this.#log.write(`${line}\n`)
    this.#apply(line)
  }

  #apply(line: string): void {
    const [, kind, index, path] = /^(part|whole|again) (?:(\d+) )?(.+)$/.exec(line) ?? []
    if (path === undefined) return
    if (kind === 'part') this.#parts.set(path, (this.#parts.get(path) ?? new Set()).add(Number(index)))
    if (kind === 'whole') this.#whole.add(path)
    if (kind === 'again') this.#parts.delete(path)
  }
}
