import { z } from 'zod'
import type { PixelRect } from './geometry.ts'
import type { Crop } from './token-cells.ts'

/**
 * A token that stays: a cell of the document, and which token of the codebook stands in it. Kept in document coordinates,
 * so that a pin of one try holds in the next, wherever its crop begins. It holds only where cells have the same size.
 */
export const pinSchema = z.object({
  /** The cell's top left corner in image pixels. */
  x: z.number().int(),
  y: z.number().int(),
  /** In image pixels. */
  cellSize: z.number().int().min(1),
  /** Of the last stage. */
  token: z.number().int().min(0).max(65_534),
  /** Decode steps that were taken before the cell was pinned. 0 = it is known from the beginning. */
  step: z.number().int().min(0).default(0),
})
export type Pin = z.infer<typeof pinSchema>

/** A cell of a document, whatever stands in it. */
export type PinnedCell = Pick<Pin, 'x' | 'y' | 'cellSize'>

export function pinnedRect({ x, y, cellSize }: PinnedCell): PixelRect {
  return { x, y, width: cellSize, height: cellSize }
}

export function isSameCell(a: PinnedCell, b: PinnedCell): boolean {
  return a.x === b.x && a.y === b.y && a.cellSize === b.cellSize
}

/** Where in a crop's token grid a pinned cell lies, row-major; undefined where the crop has no such cell. */
export function positionInCrop(crop: Crop, { x, y, cellSize }: PinnedCell): number | undefined {
  const column = (x - crop.x) / crop.cellSize
  const row = (y - crop.y) / crop.cellSize
  const isCell = cellSize === crop.cellSize && Number.isInteger(column) && Number.isInteger(row)
  const isInside = column >= 0 && row >= 0 && column < crop.columns && row < crop.rows
  return isCell && isInside ? row * crop.columns + column : undefined
}

/** The cell of a crop at a position of its token grid. */
export function cellAt(crop: Crop, position: number): PinnedCell {
  const column = position % crop.columns
  const row = Math.floor(position / crop.columns)
  return { x: crop.x + column * crop.cellSize, y: crop.y + row * crop.cellSize, cellSize: crop.cellSize }
}
