import type { CanvasColours } from './canvas-colours.ts'
import type { TouchedCells } from './touched-cells.ts'
import { type DeviceMap, toDeviceRect } from './viewport.ts'

/** The grid is there to be noticed, not to hide the picture. */
const LINE_OPACITY = 0.6
const FILL_OPACITY = 0.14
/** Display pixels: smaller cells would be a grey haze instead of a grid. */
const MIN_CELL_SIDE = 4

/** The token cells that will change, lit up as a grid. All in display pixels. */
export function drawCells(
  context: CanvasRenderingContext2D,
  map: DeviceMap,
  { crop, touched }: TouchedCells,
  colours: CanvasColours,
): void {
  context.beginPath()
  for (let row = 0; row < crop.rows; row++) {
    for (let column = 0; column < crop.columns; column++) {
      if (touched[row * crop.columns + column] !== 1) continue
      const side = crop.cellSize
      const to = toDeviceRect(map, { x: crop.x + column * side, y: crop.y + row * side, width: side, height: side })
      context.rect(to.x + 0.5, to.y + 0.5, to.width, to.height)
    }
  }
  context.globalAlpha = FILL_OPACITY
  context.fillStyle = colours.mask
  context.fill()
  context.globalAlpha = 1
  if (crop.cellSize * map.scale < MIN_CELL_SIDE) return
  context.globalAlpha = LINE_OPACITY
  context.strokeStyle = colours.mask
  context.lineWidth = 1
  context.stroke()
  context.globalAlpha = 1
}
