import type { PackGrids } from './pack.ts'

interface GridSize {
  readonly rows: number
  readonly columns: number
}

const TAKES_GRID: {
  readonly [K in PackGrids['kind']]: (grids: Extract<PackGrids, { kind: K }>, grid: GridSize) => boolean
} = {
  fixed: (grids, { rows, columns }) => rows === grids.rows && columns === grids.columns,
  free: ({ multipleOf, maxTokens }, { rows, columns }) =>
    rows % multipleOf === 0 && columns % multipleOf === 0 && rows * columns <= maxTokens,
}

/** Whether a stage takes a token grid as it is, in one window. */
export function takesGrid(grids: PackGrids, grid: GridSize): boolean {
  return (TAKES_GRID[grids.kind] as (grids: PackGrids, grid: GridSize) => boolean)(grids, grid)
}

/** The size of the windows a token canvas is worked through in: the canvas itself where the stage takes it, else its native grid. */
export function windowGridOf(grids: PackGrids, canvas: GridSize): GridSize {
  if (takesGrid(grids, canvas)) return { rows: canvas.rows, columns: canvas.columns }
  return { rows: grids.rows, columns: grids.columns }
}
