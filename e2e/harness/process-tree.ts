import { execFileSync } from 'node:child_process'

export interface ProcessInfo {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** A process and everything it started, parents first. */
export function listProcessTree(pid: number): ProcessInfo[] {
  const all = listProcesses()
  const tree = all.filter((process) => process.pid === pid)
  for (const { pid: parent } of tree) tree.push(...all.filter((process) => process.parent === parent))
  return tree
}

/** `kill -9` of a whole program, as a power cut would end it: the parent first, so that it cannot react. */
export function killProcessTree(pid: number): void {
  for (const { pid: each } of listProcessTree(pid)) {
    try {
      process.kill(each, 'SIGKILL')
    } catch {
      // It went with its parent.
    }
  }
}

function listProcesses(): ProcessInfo[] {
  if (process.platform === 'win32') return listOnWindows()
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 24 }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
  })
}

function listOnWindows(): ProcessInfo[] {
  const query = 'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,CommandLine | ConvertTo-Json'
  const rows = JSON.parse(execFileSync('powershell', ['-NoProfile', '-Command', query], { encoding: 'utf8', maxBuffer: 2 ** 24 })) as {
    ProcessId: number
    ParentProcessId: number
    CommandLine: string | null
  }[]
  return rows.map((row) => ({ pid: row.ProcessId, parent: row.ParentProcessId, command: row.CommandLine ?? '' }))
}
