import { constants, copyFile, open, readFile, stat, type FileHandle } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { logLineSchema, type LogEntry, type LogLine } from '../../api/documents.ts'
import { EngineError } from '../../api/errors.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import { unlessMissing, writing } from '../storage/disk-errors.ts'
import { createTurns } from '../pacing/turns.ts'

/** Lines checked before other requests have their turn: about 2 ms of work. */
const LINES_A_TURN = 200
const NEWLINE = 0x0a

/** A document's append-only command log, opened for writing. One at a time for each file. */
export interface DocumentLog {
  readonly lines: readonly LogLine[]
  /** Numbers, from 1, of lines that could not be read or hang on such a line; the file as it was is kept beside the log. */
  readonly damagedLines: readonly number[]
  /**
   * Answers when the line is on disk. A command that is there already is not written twice, so a client may repeat itself.
   * Throws EngineError `invalid-request` for a line whose parent or head is unknown, `disk-full`, `disk-read-only`, `disk-lost`.
   * After a failed write the file is let go of until the next one, so that its disk can be taken out, mended and put back.
   */
  append(line: LogLine): Promise<void>
  /** Whether the last line could not be written: a client still has it. */
  readonly hasFailed: boolean
  close(): Promise<void>
}

/** Opens a log or makes it. A torn last line is dropped; a damaged one before it is left out and named. */
export async function openDocumentLog(path: string): Promise<DocumentLog> {
  const { lines, damagedLines, wholeBytes } = await readLog(path)
  const isDamaged = damagedLines.length > 0
  const whole = lines.map(serialize).join('')
  return writing(async () => {
    if (isDamaged) {
      await copyFile(path, `${path}.damaged-${Date.now()}`)
      await writeFileAtomically(path, whole)
    }
    const file = await open(path, constants.O_RDWR | constants.O_CREAT)
    const endBytes = isDamaged ? Buffer.byteLength(whole) : wholeBytes
    await file.truncate(endBytes)
    return new AppendableLog(path, file, endBytes, lines, damagedLines)
  })
}

class AppendableLog implements DocumentLog {
  readonly lines: LogLine[]
  readonly damagedLines: readonly number[]
  readonly #path: string
  /** undefined after a failed write. */
  #file: FileHandle | undefined
  readonly #entryIds: Set<string>
  readonly #takeTurns = createTurns()
  /** What lies beyond was left by a write that failed. */
  #endBytes: number

  constructor(path: string, file: FileHandle, endBytes: number, lines: LogLine[], damagedLines: readonly number[]) {
    this.#path = path
    this.#file = file
    this.#endBytes = endBytes
    this.lines = lines
    this.damagedLines = damagedLines
    this.#entryIds = new Set(lines.flatMap((line) => ('entry' in line ? [line.entry.id] : [])))
  }

  append(line: LogLine): Promise<void> {
    return this.#takeTurns('append', async () => {
      if ('entry' in line && this.#entryIds.has(line.entry.id)) return
      if (!isRooted(line, this.#entryIds)) {
        throw new EngineError('invalid-request', 'The line follows a command that is not in the log.')
      }
      const bytes = Buffer.from(serialize(line))
      await writing(() => this.#write(bytes))
      this.lines.push(line)
      if ('entry' in line) this.#entryIds.add(line.entry.id)
    })
  }

  get hasFailed(): boolean {
    return this.#file === undefined
  }

  async #write(bytes: Buffer): Promise<void> {
    const file = (this.#file ??= await this.#openAgain())
    try {
      const { bytesWritten } = await file.write(bytes, 0, bytes.length, this.#endBytes)
      // A disk that fills up takes a part and fails only the next write.
      if (bytesWritten < bytes.length) {
        await file.write(bytes, bytesWritten, bytes.length - bytesWritten, this.#endBytes + bytesWritten)
      }
      await file.datasync()
      this.#endBytes += bytes.length
    } catch (error) {
      await file.truncate(this.#endBytes).catch(() => {}) // Else opening drops it as torn.
      this.#file = undefined
      await file.close().catch(() => {})
      throw error
    }
  }

  async #openAgain(): Promise<FileHandle> {
    const { size } = await stat(this.#path)
    if (size < this.#endBytes) {
      // A disk that was mended may have lost what it had said was written.
      const whole = this.lines.map(serialize).join('')
      await writeFileAtomically(this.#path, whole)
      this.#endBytes = Buffer.byteLength(whole)
    }
    const file = await open(this.#path, constants.O_RDWR)
    await file.truncate(this.#endBytes)
    return file
  }

  close(): Promise<void> {
    return this.#takeTurns('append', async () => this.#file?.close())
  }
}

async function readLog(path: string): Promise<{ lines: LogLine[]; damagedLines: number[]; wholeBytes: number }> {
  const bytes = await unlessMissing(readFile(path), Buffer.alloc(0))
  let wholeBytes = bytes.lastIndexOf(NEWLINE) + 1
  const texts = bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1)
  const last = texts.at(-1)
  if (last !== undefined && parseLine(last) === undefined) {
    texts.pop()
    wholeBytes = bytes.lastIndexOf(NEWLINE, wholeBytes - 2) + 1
  }

  const lines: LogLine[] = []
  const damagedLines: number[] = []
  const entryIds = new Set<string>()
  for (const [index, text] of texts.entries()) {
    if (index % LINES_A_TURN === LINES_A_TURN - 1) await nextTurn()
    const line = parseLine(text)
    if (line === undefined || !isRooted(line, entryIds)) damagedLines.push(index + 1)
    else {
      lines.push(line)
      if ('entry' in line) entryIds.add(line.entry.id)
    }
  }
  return { lines, damagedLines, wholeBytes }
}

/** What a log says of its document without being opened. */
export interface LogSummary {
  /** The command the document stands at. null at the start. */
  readonly head: LogEntry | null
  readonly modifiedAt: string
}

/** Reads a log from its end, as far as is needed. undefined where it has no line yet. */
export async function summarizeLog(path: string): Promise<LogSummary | undefined> {
  const bytes = await unlessMissing(readFile(path), Buffer.alloc(0))
  let newest: { headId: string | null; at: string } | undefined
  for (const text of linesBackwards(bytes)) {
    const line = parseLine(text)
    if (line === undefined) continue
    newest ??= 'entry' in line ? { headId: line.entry.id, at: line.entry.at } : { headId: line.head, at: line.at }
    if (newest.headId === null) break
    if ('entry' in line && line.entry.id === newest.headId) return { head: line.entry, modifiedAt: newest.at }
  }
  return newest && { head: null, modifiedAt: newest.at }
}

function* linesBackwards(bytes: Buffer): Generator<string> {
  let end = bytes.lastIndexOf(NEWLINE)
  while (end >= 0) {
    const start = end === 0 ? 0 : bytes.lastIndexOf(NEWLINE, end - 1) + 1
    yield bytes.toString('utf8', start, end)
    end = start - 1
  }
}

function parseLine(text: string): LogLine | undefined {
  try {
    return logLineSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function serialize(line: LogLine): string {
  return `${JSON.stringify(line)}\n`
}

/** Whether what a line hangs on is in the log. */
function isRooted(line: LogLine, entryIds: ReadonlySet<string>): boolean {
  const before = 'entry' in line ? line.entry.parent : line.head
  return before === null || entryIds.has(before)
}
