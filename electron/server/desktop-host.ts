import { spawn } from 'node:child_process'
import { EXIT_CODES } from '../api/exit-codes.ts'

/** An end sooner than this, with a failure, means that no window opened. */
const STARTED_AFTER_MS = 10_000

export type DesktopEnd =
  | { readonly hasStarted: true; readonly exitCode: number }
  /** Such as a sandbox that the system refuses, or a missing library. */
  | { readonly hasStarted: false; readonly exitCode: number | null }

/** Runs the desktop program until its end; an end of ours ends it. */
export function runDesktopHost(executable: string, root: string): Promise<DesktopEnd> {
  const startMs = performance.now()
  const child = spawn(executable, [root], { stdio: 'inherit' })
  const pass = (signal: NodeJS.Signals) => void child.kill(signal)
  // Ctrl+C reaches the child by itself; we only wait for it.
  const wait = () => {}
  process.on('SIGINT', wait).on('SIGTERM', pass).on('SIGHUP', pass)
  return new Promise((resolve) => {
    child.on('error', () => resolve({ hasStarted: false, exitCode: null }))
    child.on('exit', (exitCode, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', pass).off('SIGHUP', pass)
      const isOurEnd = signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP'
      if (isOurEnd || exitCode === 0 || exitCode === EXIT_CODES.failedAndSaid) {
        return resolve({ hasStarted: true, exitCode: exitCode ?? 0 })
      }
      const hasStarted = performance.now() - startMs > STARTED_AFTER_MS
      resolve(hasStarted ? { hasStarted, exitCode: exitCode ?? EXIT_CODES.failed } : { hasStarted, exitCode })
    })
  })
}
