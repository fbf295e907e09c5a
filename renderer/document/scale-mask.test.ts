import { describe, expect, it } from 'vitest'
import { findMaskBounds } from './mask-occupancy.ts'
import { drawRectangle } from './mask-shapes.ts'
import { FULL_TILE, NO_TILES, readMaskAt } from './mask-tiles.ts'
import { finishAtOnce } from './pieces.ts'
import { scaleMask } from './scale-mask.ts'

const BOUNDS = { x: -300, y: 0, width: 1000, height: 600 }

describe('a mask over an enlarged picture', () => {
  it('covers the same part of it, left of 0 too', () => {
    const mask = drawRectangle(NO_TILES, BOUNDS, { x: -20, y: 250, width: 41, height: 9 }, false)
    const scaled = finishAtOnce(scaleMask(mask, 2))
    expect(findMaskBounds(scaled)).toEqual({ x: -40, y: 500, width: 82, height: 18 })
    for (const [x, y] of [[-41, 500], [-40, 499], [42, 500], [0, 518]] as const) expect(readMaskAt(scaled, x, y)).toBe(0)
    for (const [x, y] of [[-40, 500], [41, 517], [0, 512]] as const) expect(readMaskAt(scaled, x, y)).toBe(255)
  })

  it('keeps full tiles what they are', () => {
    const scaled = finishAtOnce(scaleMask(new Map([['0,0', FULL_TILE]]), 2))
    expect([...scaled.entries()].every(([, tile]) => tile === FULL_TILE)).toBe(true)
    expect(scaled.size).toBe(4)
  })
})
