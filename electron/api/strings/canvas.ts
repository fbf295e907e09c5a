/** What the canvas says to those who do not see it. */
export const CANVAS_STRINGS = {
  label: 'Picture canvas',
  description:
    'With the rectangle or frame tool, arrow keys move the rectangle, Shift and arrow keys size it, Enter confirms, Escape cancels. ' +
    'With other tools, arrow keys move the view.',
  keyboardRectangle: (width: number, height: number, x: number, y: number) =>
    `Rectangle ${width} by ${height} at ${x}, ${y}. Enter masks it, Alt and Enter unmasks it.`,
  keyboardCell: (x: number, y: number) => `Cell at ${x}, ${y}. Enter picks it.`,
  keyboardFrame: (width: number, height: number, x: number, y: number) =>
    `Frame ${width} by ${height} at ${x}, ${y}. Enter keeps it.`,
  masked: (percent: string) => `${percent} of the picture is masked.`,
  maskedLittle: 'Less than 1 % of the picture is masked.',
  nothingMasked: 'Nothing is masked.',
  frameKept: (width: number, height: number) => `The frame is ${width} by ${height}.`,
  frameReset: 'The frame follows the picture.',
  cancelled: 'Cancelled.',
} as const
