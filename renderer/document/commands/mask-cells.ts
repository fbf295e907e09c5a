import { z } from 'zod'
import { drawRectangle } from '../mask-shapes.ts'
import { NO_TILES, type MaskTiles } from '../mask-tiles.ts'
import { PixelMask } from '../pixel-mask.ts'
import { defineCommand } from './command.ts'

const side = z.number().int().min(1)

/** Token cells that were found, by words or by how likely they are, become the mask. */
export const maskCells = defineCommand({
  type: 'mask-cells',
  schema: z.object({
    type: z.literal('mask-cells'),
    found: z.enum(['words', 'subject', 'weak', 'spot']),
    /** The cells' grid in the document; `cells` are counted row by row, in rising order. */
    crop: z.object({ x: z.number(), y: z.number(), cellSize: z.number().positive(), rows: side, columns: side }),
    cells: z.array(z.number().int().min(0)).min(1),
  }),
  label: ({ found }) => `mask-${found}`,
  apply: (state, { crop, cells }) => {
    const { bounds } = state
    if (bounds === null) return state
    const draw = () => {
      let tiles: MaskTiles = NO_TILES
      // Cells beside each other are one rectangle.
      for (let first = 0; first < cells.length; ) {
        const start = cells[first]!
        let count = 1
        while (cells[first + count] === start + count && (start + count) % crop.columns !== 0) count++
        const [row, column] = [Math.floor(start / crop.columns), start % crop.columns]
        const { cellSize } = crop
        const [x, y] = [Math.floor(crop.x + column * cellSize), Math.floor(crop.y + row * cellSize)]
        const [right, bottom] = [Math.ceil(crop.x + (column + count) * cellSize), Math.ceil(crop.y + (row + 1) * cellSize)]
        tiles = drawRectangle(tiles, bounds, { x, y, width: right - x, height: bottom - y }, false)
        first += count
      }
      return tiles
    }
    return { ...state, pixelMask: PixelMask.from(draw) }
  },
})
