import { z } from 'zod'

/** A quarter of an image pixel: finer than a brush edge can show, coarse enough that a step of a stroke is a short integer. */
export const UNITS_PER_PIXEL = 4
export const FULL_PRESSURE = 255

/** A point of a stroke. Whole numbers, so that what is logged is exactly what is drawn. */
export interface StrokePoint {
  /** In quarters of an image pixel. */
  readonly xQuarters: number
  readonly yQuarters: number
  /** 0–255 */
  readonly pressure: number
}

/** Positions as whole quarter pixels: x and y of the first point, then the steps from point to point. */
export const encodedPointsSchema = z.array(z.int()).refine((numbers) => numbers.length >= 2 && numbers.length % 2 === 0, {
  message: 'x and y of at least one point',
})
type EncodedPoints = z.infer<typeof encodedPointsSchema>

export const encodedStrokeSchema = z
  .object({
    points: encodedPointsSchema,
    /** Of the first point, then the steps; absent = full pressure throughout. */
    pressures: z.array(z.int()).optional(),
  })
  .refine(({ points, pressures }) => pressures === undefined || pressures.length * 2 === points.length, {
    message: 'one pressure a point',
  })
export type EncodedStroke = z.infer<typeof encodedStrokeSchema>

/** @param pressure  0–1 */
export function quantizePoint(x: number, y: number, pressure = 1): StrokePoint {
  return {
    xQuarters: Math.round(x * UNITS_PER_PIXEL),
    yQuarters: Math.round(y * UNITS_PER_PIXEL),
    pressure: Math.round(Math.min(1, Math.max(0, pressure)) * FULL_PRESSURE),
  }
}

export function encodeStroke(points: readonly StrokePoint[]): EncodedStroke {
  const positions = encodeOutline(points)
  if (points.every(({ pressure }) => pressure === FULL_PRESSURE)) return { points: positions }
  return { points: positions, pressures: points.map(({ pressure }, i) => pressure - (points[i - 1]?.pressure ?? 0)) }
}

export function decodeStroke({ points, pressures }: EncodedStroke): StrokePoint[] {
  let pressure = 0
  return decodeOutline(points).map((point, i) => {
    pressure += pressures?.[i] ?? 0
    return { ...point, pressure: pressures === undefined ? FULL_PRESSURE : Math.min(FULL_PRESSURE, Math.max(0, pressure)) }
  })
}

type OutlinePoint = Pick<StrokePoint, 'xQuarters' | 'yQuarters'>

export function encodeOutline(points: readonly OutlinePoint[]): EncodedPoints {
  return points.flatMap(({ xQuarters, yQuarters }, i) => [
    xQuarters - (points[i - 1]?.xQuarters ?? 0),
    yQuarters - (points[i - 1]?.yQuarters ?? 0),
  ])
}

export function decodeOutline(numbers: EncodedPoints): OutlinePoint[] {
  const points: OutlinePoint[] = []
  let xQuarters = 0
  let yQuarters = 0
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    xQuarters += numbers[i] ?? 0
    yQuarters += numbers[i + 1] ?? 0
    points.push({ xQuarters, yQuarters })
  }
  return points
}
