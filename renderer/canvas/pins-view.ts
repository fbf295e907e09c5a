import { pinnedRect, type PinnedCell } from '../../electron/api/pins.ts'
import type { CanvasColours } from './canvas-colours.ts'
import { type DeviceMap, toDeviceRect } from './viewport.ts'

/** Of a cell's side; but no smaller and no larger than this, in display pixels. */
const HEAD_SHARE = 0.22
const MIN_HEAD = 2
const MAX_HEAD = 7

/** A frame and a pin's head on every pinned cell, light on dark so that both are seen on any picture. */
export function drawPins(context: CanvasRenderingContext2D, map: DeviceMap, cells: readonly PinnedCell[], colours: CanvasColours): void {
  for (const cell of cells) {
    const { x, y, width, height } = toDeviceRect(map, pinnedRect(cell))
    const head = Math.min(MAX_HEAD, Math.max(MIN_HEAD, width * HEAD_SHARE))
    for (const [stroke, lineWidth] of [[colours.text, 4], [colours.accent, 2]] as const) {
      context.strokeStyle = stroke
      context.lineWidth = lineWidth
      context.strokeRect(x + 1, y + 1, width - 2, height - 2)
    }
    context.beginPath()
    context.arc(x + width / 2, y + height / 2, head, 0, 2 * Math.PI)
    context.fillStyle = colours.accent
    context.fill()
    context.strokeStyle = colours.text
    context.lineWidth = 1.5
    context.stroke()
  }
}
