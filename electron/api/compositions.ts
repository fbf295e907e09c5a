import { z } from 'zod'
import { blobHashSchema } from './images.ts'

/** A join is two cells wide: most of what it needs is seen from the first step on. */
export const SETTLE_STEPS = 8

/** Cells are counted row by row over a job's crop, in rising order. */
const cellsSchema = z.array(z.number().int().min(0)).min(1).max(1_000_000)

const index = z.number().int().min(0)
/** `mask`: the cells that a `mask8` image touches. */
const paintedSchema = z.union([z.object({ index, cells: cellsSchema }), z.object({ index, mask: blobHashSchema })])

/** Candidates of one job painted over each other: `base`, and over it cells that come from others. What comes later lies above. */
export const compositionSchema = z.object({ base: index, painted: z.array(paintedSchema).min(1) })
export type Composition = z.infer<typeof compositionSchema>

/** A crop's cells and which of them may change. */
export interface ChangeableCells {
  readonly rows: number
  readonly columns: number
  /** [rows × columns], row-major, 1 = may change. */
  readonly tokenMask: Uint8Array
}

/**
 * The cells that are settled where candidates meet: those that may change beside one, corners included, that may change too
 * and comes from another candidate. Canvas and engine ask alike, so that the cells shown are the cells that change.
 *
 * @param sources  [rows × columns]: which candidate each cell comes from.
 * @returns [rows × columns], 1 = on the join.
 */
export function findJoin({ rows, columns, tokenMask }: ChangeableCells, sources: Uint8Array): Uint8Array {
  return Uint8Array.from(sources, (source, cell) => {
    if (tokenMask[cell] !== 1) return 0
    const [row, column] = [Math.floor(cell / columns), cell % columns]
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        const other = r * columns + c
        if (tokenMask[other] === 1 && sources[other] !== source) return 1
      }
    }
    return 0
  })
}
