import type { PackGrids } from '../../../models/importing/pack.ts'
import type { CanvasSize } from './pack-geometry.ts'
import { takesWhole } from './plan-passes.ts'

/** The smallest canvas of at least this size that the stage takes, whole or in windows. */
export function fitToGrids(needed: CanvasSize, grids: PackGrids): CanvasSize {
  if (grids.kind === 'free') {
    const roundUp = (count: number) => Math.ceil(count / grids.multipleOf) * grids.multipleOf
    const whole = { rows: roundUp(needed.rows), columns: roundUp(needed.columns) }
    if (takesWhole(whole, grids)) return whole
  }
  return { rows: Math.max(needed.rows, grids.rows), columns: Math.max(needed.columns, grids.columns) }
}
