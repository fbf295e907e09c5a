import { readFileSync } from 'node:fs'
import { listProcessTree } from '../harness/process-tree.ts'

/** The most memory each kind of process has had at one time, in bytes; of several renderers the largest. Linux only. */
export interface PeakMemory {
  readonly host: number
  readonly inference: number
  readonly renderer: number
  readonly graphics: number
}

const INFERENCE = /inference(\.js|$)|Remask inference/
const RENDERER = /--type=renderer/
const GRAPHICS = /--type=gpu-process/

/** @param hostPid  of the program; the browser is a process of the test's own or of the program's. */
export function readPeakMemory(hostPid: number): PeakMemory {
  const tree = [...listProcessTree(process.pid), ...listProcessTree(hostPid)]
  const peakOf = (kind: RegExp) =>
    Math.max(0, ...tree.filter(({ command }) => kind.test(command)).map(({ pid }) => readPeakBytes(pid)))
  return { host: readPeakBytes(hostPid), inference: peakOf(INFERENCE), renderer: peakOf(RENDERER), graphics: peakOf(GRAPHICS) }
}

/** The system's own count; 0 where it keeps none. */
function readPeakBytes(pid: number): number {
  if (process.platform !== 'linux') return 0
  const [, kibibytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) * 1024
}
