import { describe, expect, it } from 'vitest'
import { decodeOutline, decodeStroke, encodedStrokeSchema, encodeOutline, encodeStroke, quantizePoint } from './stroke-points.ts'

describe('stroke points', () => {
  it('come back from the log as they were drawn', () => {
    const points = [quantizePoint(10.26, -3.9, 0.5), quantizePoint(12, 4, 0.75), quantizePoint(-5.13, 1000.4, 0)]
    expect(decodeStroke(encodeStroke(points))).toEqual(points)
    expect(decodeOutline(encodeOutline(points))).toEqual(points.map(({ xQuarters, yQuarters }) => ({ xQuarters, yQuarters })))
  })

  it('leave out a pressure that never changes', () => {
    expect(encodeStroke([quantizePoint(1, 2), quantizePoint(3, 4)])).toEqual({ points: [4, 8, 8, 8] })
  })

  it('refuse a broken log', () => {
    expect(encodedStrokeSchema.safeParse({ points: [1] }).success).toBe(false)
    expect(encodedStrokeSchema.safeParse({ points: [] }).success).toBe(false)
    expect(encodedStrokeSchema.safeParse({ points: [1, 2.5] }).success).toBe(false)
    expect(encodedStrokeSchema.safeParse({ points: [1, 2, 3, 4], pressures: [255] }).success).toBe(false)
  })
})
