import { readFileSync } from 'node:fs'

/**
 * The most memory a process has had at one time, in bytes. The system keeps count of it for every process on Linux; for
 * others than this one it does not elsewhere, which gives null.
 */
export function readPeakBytes(pid: number | undefined): number | null {
  if (pid === undefined) return null
  if (process.platform === 'linux') {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kibibytes === undefined ? null : Number(kibibytes) * 1024
  }
  // Node gives kibibytes on every platform.
  return pid === process.pid ? process.resourceUsage().maxRSS * 1024 : null
}
