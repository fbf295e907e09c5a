import { windowOrigins } from '../runtime/window-origins.ts'
import type { TokenWindow } from './edit-plan.ts'

interface GridSize {
  readonly rows: number
  readonly columns: number
}

/**
 * How a token canvas larger than a stage's grid is worked through: which windows, in which order. Every masked token is
 * in at least one; a window's tokens are known to those after it.
 *
 * Greedy over a lattice of half a grid: next comes the window with tokens still masked and the largest known share, so
 * that an extension grows from beside the picture outwards. Where nothing is known the window nearest to the centre
 * starts, for that is where a picture's subject is.
 *
 * @param tokenMask  [rows × columns] of the canvas, row-major; 1 = to be predicted.
 * @param step  windows begin at multiples of it; canvas and grid are multiples of it too. A finer stage's windows begin
 *   where a coarser token does.
 * @throws {RangeError} when the canvas is smaller than the grid, or `tokenMask` is not as large as the canvas.
 */
export function planWindows(canvas: GridSize, tokenMask: Uint8Array, grid: GridSize, step = 1): TokenWindow[] {
  if (canvas.rows < grid.rows || canvas.columns < grid.columns) {
    throw new RangeError(`a canvas of ${canvas.rows} × ${canvas.columns} is smaller than ${grid.rows} × ${grid.columns}`)
  }
  if (tokenMask.length !== canvas.rows * canvas.columns) {
    throw new RangeError(`${tokenMask.length} mask bytes do not fill ${canvas.rows} × ${canvas.columns} tokens`)
  }
  const lattice = latticeOrigins(canvas.rows, grid.rows, step).flatMap((row) =>
    latticeOrigins(canvas.columns, grid.columns, step).map((column) => ({ row, column, ...grid })),
  )
  const byDistance = lattice.sort((a, b) => squaredDistanceToCentre(a, canvas) - squaredDistanceToCentre(b, canvas))
  const stillMasked = tokenMask.slice()
  const windows: TokenWindow[] = []
  for (;;) {
    const next = leastMaskedWindow(byDistance, stillMasked, canvas.columns)
    if (next === undefined) return windows
    windows.push(next)
    forEachRow(next, canvas.columns, (start, end) => stillMasked.fill(0, start, end))
  }
}

/** At most half a window apart: every window but the first then has known tokens to continue from. */
function latticeOrigins(total: number, length: number, step: number): number[] {
  const maxStride = Math.floor(length / 2 / step)
  return windowOrigins(total / step, length / step, maxStride).map((origin) => origin * step)
}

/** Calls `visit` with the [start, end) of each of the window's rows in a row-major canvas. */
export function forEachRow(
  window: TokenWindow,
  canvasColumns: number,
  visit: (start: number, end: number, row: number) => void,
): void {
  for (let row = 0; row < window.rows; row++) {
    const start = (window.row + row) * canvasColumns + window.column
    visit(start, start + window.columns, row)
  }
}

/** The window with the fewest masked tokens, but at least one; the first of equals. */
function leastMaskedWindow(windows: readonly TokenWindow[], mask: Uint8Array, columns: number): TokenWindow | undefined {
  let best: TokenWindow | undefined
  let bestCount = Infinity
  for (const window of windows) {
    let count = 0
    forEachRow(window, columns, (start, end) => {
      for (let i = start; i < end; i++) count += mask[i]!
    })
    if (count > 0 && count < bestCount) [best, bestCount] = [window, count]
  }
  return best
}

function squaredDistanceToCentre(window: TokenWindow, canvas: GridSize): number {
  const down = window.row + window.rows / 2 - canvas.rows / 2
  const right = window.column + window.columns / 2 - canvas.columns / 2
  return down * down + right * right
}
