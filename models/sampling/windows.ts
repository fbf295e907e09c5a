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
  const counts = byDistance.map((window) => countMasked(window, stillMasked, canvas.columns))
  const windows: TokenWindow[] = []
  for (;;) {
    const next = byDistance[indexOfLeast(counts)]
    if (next === undefined) return windows
    windows.push(next)
    forEachRow(next, canvas.columns, (start, end) => stillMasked.fill(0, start, end))
    // Only these see the difference: a large canvas has thousands of windows.
    for (const [i, window] of byDistance.entries()) {
      if (counts[i]! > 0 && doOverlap(window, next)) counts[i] = countMasked(window, stillMasked, canvas.columns)
    }
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

function countMasked(window: TokenWindow, mask: Uint8Array, columns: number): number {
  let count = 0
  forEachRow(window, columns, (start, end) => {
    for (let i = start; i < end; i++) count += mask[i]!
  })
  return count
}

/** Where the fewest are masked, but at least one; the first of equals, -1 where none are. */
function indexOfLeast(counts: readonly number[]): number {
  let best = -1
  for (let i = 0; i < counts.length; i++) if (counts[i]! > 0 && (best < 0 || counts[i]! < counts[best]!)) best = i
  return best
}

function doOverlap(a: TokenWindow, b: TokenWindow): boolean {
  return a.row < b.row + b.rows && b.row < a.row + a.rows && a.column < b.column + b.columns && b.column < a.column + a.columns
}

function squaredDistanceToCentre(window: TokenWindow, canvas: GridSize): number {
  const down = window.row + window.rows / 2 - canvas.rows / 2
  const right = window.column + window.columns / 2 - canvas.columns / 2
  return down * down + right * right
}
