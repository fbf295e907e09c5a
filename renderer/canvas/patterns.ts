/** Display pixels: side of a square of the checkerboard that stands for transparency. */
const CHECKER_SIDE = 8
/** Display pixels from one hatching line to the next. */
const HATCH_SPACING = 10
const HATCH_WIDTH = 2.5

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

export function createChecker(target: Context, light: string, dark: string): CanvasPattern | null {
  const canvas = new OffscreenCanvas(2 * CHECKER_SIDE, 2 * CHECKER_SIDE)
  const context = canvas.getContext('2d')
  if (context === null) return null
  context.fillStyle = light
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = dark
  context.fillRect(0, 0, CHECKER_SIDE, CHECKER_SIDE)
  context.fillRect(CHECKER_SIDE, CHECKER_SIDE, CHECKER_SIDE, CHECKER_SIDE)
  return target.createPattern(canvas, 'repeat')
}

/** Lines from lower left to upper right that meet themselves where the pattern repeats. */
export function createHatch(target: Context, colour: string): CanvasPattern | null {
  const canvas = new OffscreenCanvas(HATCH_SPACING, HATCH_SPACING)
  const context = canvas.getContext('2d')
  if (context === null) return null
  context.strokeStyle = colour
  context.lineWidth = HATCH_WIDTH
  for (const shift of [-HATCH_SPACING, 0, HATCH_SPACING]) {
    context.beginPath()
    context.moveTo(shift - 1, HATCH_SPACING + 1)
    context.lineTo(shift + HATCH_SPACING + 1, -1)
    context.stroke()
  }
  return target.createPattern(canvas, 'repeat')
}
