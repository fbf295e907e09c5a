import { cellRect } from '../../electron/api/token-cells.ts'
import type { CanvasColours } from './canvas-colours.ts'
import type { CellHeat } from './canvas-props.ts'
import { type DeviceMap, toDeviceRect } from './viewport.ts'

/** The picture stays to be seen under the hottest cell. */
const MAX_OPACITY = 0.75
/** Fainter ones would tint the whole picture. */
const MIN_HEAT = 0.04

/** What was measured of each cell, laid over the picture, and a line around those that matter. All in display pixels. */
export function drawHeat(context: CanvasRenderingContext2D, map: DeviceMap, { picture, crop, heat, outlined }: CellHeat, colours: CanvasColours): void {
  context.save()
  const shown = toDeviceRect(map, picture)
  context.beginPath()
  context.rect(shown.x, shown.y, shown.width, shown.height)
  context.clip()
  context.fillStyle = colours.heat
  for (const [cell, strength] of heat.entries()) {
    if (strength < MIN_HEAT) continue
    const { x, y, width, height } = toDeviceRect(map, cellRect(crop, cell))
    context.globalAlpha = Math.min(1, strength) * MAX_OPACITY
    context.fillRect(x, y, width, height)
  }
  context.globalAlpha = 1
  // Light on dark, so that it is seen on every picture.
  for (const [colour, width] of [[colours.heatShade, 3], [colours.heatLine, 1.5]] as const) {
    context.strokeStyle = colour
    context.lineWidth = width * devicePixelRatio
    context.beginPath()
    traceOutline(context, map, crop, new Set(outlined))
    context.stroke()
  }
  context.restore()
}

/** The sides of cells beyond which no other of them lies. */
function traceOutline(context: CanvasRenderingContext2D, map: DeviceMap, crop: CellHeat['crop'], cells: ReadonlySet<number>): void {
  for (const cell of cells) {
    const { x, y, width, height } = toDeviceRect(map, cellRect(crop, cell))
    const column = cell % crop.columns
    const [right, bottom] = [x + width, y + height]
    const sides = [
      [cells.has(cell - crop.columns), x, y, right, y],
      [cells.has(cell + crop.columns), x, bottom, right, bottom],
      [column > 0 && cells.has(cell - 1), x, y, x, bottom],
      [column < crop.columns - 1 && cells.has(cell + 1), right, y, right, bottom],
    ] as const
    for (const [isInner, fromX, fromY, toX, toY] of sides) {
      if (isInner) continue
      context.moveTo(fromX, fromY)
      context.lineTo(toX, toY)
    }
  }
}
