import type { Crop } from '../../electron/api/token-cells.ts'

/** In image pixels of the document. */
interface Point {
  readonly x: number
  readonly y: number
}

/**
 * The cells a round brush touches on its way: one pixel is enough, as with the mask's brush.
 *
 * @param way  points that straight lines join; at least one.
 * @param radius  in image pixels.
 * @returns row-major over the crop.
 */
export function cellsAlong(crop: Crop, way: readonly Point[], radius: number): Set<number> {
  const cells = new Set<number>()
  way.forEach((end, i) => {
    const start = way[i - 1] ?? end
    const stepCount = Math.max(1, Math.ceil(Math.hypot(end.x - start.x, end.y - start.y) / Math.max(1, Math.min(radius, crop.cellSize / 2))))
    for (let step = i === 0 ? stepCount : 0; step <= stepCount; step++) {
      const share = step / stepCount
      addCellsUnder(cells, crop, { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share }, radius)
    }
  })
  return cells
}

function addCellsUnder(cells: Set<number>, crop: Crop, at: Point, radius: number): void {
  const { cellSize, rows, columns } = crop
  const first = (value: number) => Math.max(0, Math.floor((value - radius) / cellSize))
  const last = (value: number, count: number) => Math.min(count - 1, Math.floor((value + radius) / cellSize))
  const [x, y] = [at.x - crop.x, at.y - crop.y]
  for (let row = first(y); row <= last(y, rows); row++) {
    for (let column = first(x); column <= last(x, columns); column++) {
      const dx = x - Math.min(Math.max(x, column * cellSize), (column + 1) * cellSize)
      const dy = y - Math.min(Math.max(y, row * cellSize), (row + 1) * cellSize)
      if (dx * dx + dy * dy <= radius * radius) cells.add(row * columns + column)
    }
  }
}
