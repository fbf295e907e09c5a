import { z } from 'zod'

/** A rectangle in document coordinates, in whole image pixels. May start below 0 after an extension to the left or top. */
export const pixelRectSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
})
export type PixelRect = z.infer<typeof pixelRectSchema>

export const pixelSizeSchema = z.object({ width: z.number().int().min(1), height: z.number().int().min(1) })
export type PixelSize = z.infer<typeof pixelSizeSchema>

export function areRectsEqual(a: PixelRect, b: PixelRect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}

/** The same part of a picture that is `factor` times as large. */
export function scaleRect({ x, y, width, height }: PixelRect, factor: number): PixelRect {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor }
}

export function unionRects(a: PixelRect, b: PixelRect): PixelRect {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}

/** What both cover, or undefined where they do not touch. */
export function intersectRects(a: PixelRect, b: PixelRect): PixelRect | undefined {
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}

export function containsRect(outer: PixelRect, inner: PixelRect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}
