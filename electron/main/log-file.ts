import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { formatWithOptions } from 'node:util'

/** Small enough to be sent with a report by mail. */
const MAX_BYTES = 1_000_000

export interface LogFile {
  readonly file: string
  write(level: 'info' | 'warn' | 'error', ...values: unknown[]): void
}

/**
 * `remask.log` and its predecessor `remask.old.log`. Only what the program says about itself is written: no prompt, no
 * name of a document, no address of the page (which may hold either). Writing never fails: a full disk is said elsewhere.
 */
export function openLogFile(folder: string): LogFile {
  const file = path.join(folder, 'remask.log')
  mkdirSync(folder, { recursive: true })
  return {
    file,
    write(level, ...values) {
      const line = `${new Date().toISOString()} ${level} ${formatWithOptions({ colors: false, depth: 2 }, ...values)}\n`
      try {
        rotate(file)
        appendFileSync(file, line)
      } catch {
        // Nowhere left to say it.
      }
    },
  }
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_BYTES) renameSync(file, file.replace(/\.log$/, '.old.log'))
}

/** From here on errors and warnings of the process go to the log too. */
export function recordConsole(log: LogFile): void {
  for (const level of ['warn', 'error'] as const) {
    const say = console[level].bind(console)
    console[level] = (...values: unknown[]) => {
      log.write(level, ...values)
      say(...values)
    }
  }
  process.on('uncaughtExceptionMonitor', (error) => log.write('error', error))
}
