import { describe, expect, it } from 'vitest'
import { drawRectangle } from './mask-shapes.ts'
import { findMaskBounds } from './mask-occupancy.ts'
import { NO_TILES, readMaskAt } from './mask-tiles.ts'
import { countReached, findSoftened, softenMask } from './soft-edge.ts'

const BOUNDS = { x: 0, y: -8, width: 600, height: 400 }
const MASK = drawRectangle(NO_TILES, BOUNDS, { x: 250, y: 40, width: 60, height: 30 }, false)

describe('a soft edge', () => {
  it('fades out beyond the mask over its band, over the ends of tiles too', () => {
    const soft = softenMask(MASK, BOUNDS, { band: 10, isAroundMask: false })
    expect([0, 5, 9, 10].map((distance) => readMaskAt(soft, 309 + distance, 50))).toEqual([255, 128, 26, 0])
    expect([0, 5, 9, 10].map((distance) => readMaskAt(soft, 250 - distance, 50))).toEqual([255, 128, 26, 0])
    expect(findMaskBounds(soft)).toEqual({ x: 241, y: 31, width: 78, height: 48 })
  })

  it('around a mask reaches into what stays', () => {
    const soft = softenMask(MASK, BOUNDS, { band: 10, isAroundMask: true })
    expect(readMaskAt(soft, 5, 5)).toBe(255)
    expect(readMaskAt(soft, 254, 50)).toBeGreaterThan(0)
    expect(readMaskAt(soft, 280, 55)).toBe(0)
  })

  it('ends with the picture, and is drawn once', () => {
    const edge = { band: 300, isAroundMask: false }
    expect(findSoftened(MASK, BOUNDS, edge)).toBeUndefined()
    const soft = softenMask(MASK, BOUNDS, edge)
    expect(softenMask(MASK, BOUNDS, edge)).toBe(soft)
    expect(findMaskBounds(soft)!.x).toBeGreaterThanOrEqual(BOUNDS.x)
    expect(countReached(NO_TILES, BOUNDS, edge)).toBe(0)
  })
})
