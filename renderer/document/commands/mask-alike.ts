import { z } from 'zod'
import { editMask } from '../document.ts'
import { drawRectangle } from '../mask-shapes.ts'
import { defineCommand } from './command.ts'

/** Masks token cells. `runs` holds, row-major over the grid, how many cells lie together from where: start, length, … */
export const maskAlikeCells = defineCommand({
  type: 'mask-alike',
  schema: z.object({
    type: z.literal('mask-alike'),
    isErase: z.boolean(),
    grid: z.object({ x: z.number().int(), y: z.number().int(), cellSize: z.number().int().min(1), columns: z.number().int().min(1) }),
    runs: z.array(z.number().int().min(0)),
  }),
  label: ({ isErase }) => (isErase ? 'unmask-alike' : 'mask-alike'),
  apply: (state, { isErase, grid: { x, y, cellSize, columns }, runs }) =>
    editMask(state, (tiles, bounds) => {
      let drawn = tiles
      for (let i = 0; i + 1 < runs.length; i += 2) {
        const [start, length] = [runs[i]!, runs[i + 1]!]
        const rect = {
          x: x + (start % columns) * cellSize,
          y: y + Math.floor(start / columns) * cellSize,
          width: length * cellSize,
          height: cellSize,
        }
        drawn = drawRectangle(drawn, bounds, rect, isErase)
      }
      return drawn
    }),
})

/** @param cells  [rows × columns], row-major, 1 = belongs to it. No run goes over the end of a row. */
export function toRuns(cells: Uint8Array, columns: number): number[] {
  const runs: number[] = []
  for (let start = 0; start < cells.length; start++) {
    if (cells[start] !== 1) continue
    let end = start + 1
    while (cells[end] === 1 && end % columns !== 0) end++
    runs.push(start, end - start)
    start = end - 1
  }
  return runs
}
