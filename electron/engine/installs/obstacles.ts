import type { Obstacle } from '../../api/installs.ts'
import { INSTALL_ERRORS } from '../../api/strings/installs.ts'
import { formatBytes } from '../../api/strings/numbers.ts'

export interface Demands {
  /** Of the disk the packs are on. */
  readonly diskBytes: number
  /** In the precision that takes least. */
  readonly memoryBytes: number
  readonly needsGraphicsCard: boolean
}

export interface Machine {
  readonly freeDiskBytes: number
  readonly memoryBytes: number
  /** What of it models may take. */
  readonly budgetBytes: number
}

/** Left free beside what an install writes: the system and the documents need some. */
const DISK_MARGIN_BYTES = 200e6

/** What a machine lacks for a model, the worst first. */
export function findObstacles(demands: Demands, machine: Machine): Obstacle[] {
  const obstacles: Obstacle[] = []
  const diskBytes = demands.diskBytes + DISK_MARGIN_BYTES
  if (diskBytes > machine.freeDiskBytes) {
    const message = INSTALL_ERRORS.diskTooFull(formatBytes(diskBytes), formatBytes(machine.freeDiskBytes))
    obstacles.push({ kind: 'disk', message, isBlocking: true })
  }
  if (demands.memoryBytes > machine.memoryBytes) {
    const message = INSTALL_ERRORS.memoryTooSmall(formatBytes(demands.memoryBytes), formatBytes(machine.memoryBytes))
    obstacles.push({ kind: 'memory', message, isBlocking: true })
  } else if (demands.memoryBytes > machine.budgetBytes) {
    const message = INSTALL_ERRORS.memoryTight(formatBytes(demands.memoryBytes), formatBytes(machine.budgetBytes))
    obstacles.push({ kind: 'memory', message, isBlocking: false })
  }
  if (demands.needsGraphicsCard) obstacles.push({ kind: 'graphics-card', message: INSTALL_ERRORS.graphicsCard, isBlocking: false })
  return obstacles
}
