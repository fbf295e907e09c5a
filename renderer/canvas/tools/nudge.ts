import type { PixelRect } from '../../../electron/api/geometry.ts'

/**
 * A rectangle moved or sized by one arrow key. With a step of more than one pixel the edge that moves lands on a multiple
 * of the step.
 *
 * @param within  the rectangle stays inside; null = free.
 */
export function nudgeRect(
  rect: PixelRect,
  { dx, dy, isResize }: { dx: number; dy: number; isResize: boolean },
  step: number,
  within: PixelRect | null,
): PixelRect {
  const [x, width] = nudgeSpan(rect.x, rect.width, dx, isResize, step, within && [within.x, within.width])
  const [y, height] = nudgeSpan(rect.y, rect.height, dy, isResize, step, within && [within.y, within.height])
  return { x, y, width, height }
}

function nudgeSpan(
  start: number,
  length: number,
  direction: number,
  isResize: boolean,
  step: number,
  within: [start: number, length: number] | null,
): [start: number, length: number] {
  if (direction === 0) return [start, length]
  const [least, most] = within === null ? [-Infinity, Infinity] : [within[0], within[0] + within[1]]
  const next = (at: number) => (direction > 0 ? Math.floor(at / step) + 1 : Math.ceil(at / step) - 1) * step
  if (isResize) {
    const end = Math.min(most, next(start + length))
    return [start, Math.max(1, end - start)]
  }
  return [Math.max(least, Math.min(most - length, next(start))), length]
}
