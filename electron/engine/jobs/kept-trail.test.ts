import { describe, expect, it } from 'vitest'
import { addStep, stepOf } from './kept-trail.ts'

describe('a trail', () => {
  it('grows by a step and gives each back', () => {
    const size = { rows: 1, columns: 2 }
    const first = addStep(undefined, Uint16Array.of(1, 2, 1, 9), size)
    const trail = addStep(first, Uint16Array.of(3, 4, 3, 4), size)
    expect(trail).toMatchObject({ ...size, stepCount: 2 })
    expect(stepOf(trail, 1)).toEqual({ guess: Uint16Array.of(1, 2), kept: Uint16Array.of(1, 9) })
    expect(stepOf(trail, 2)).toEqual({ guess: Uint16Array.of(3, 4), kept: Uint16Array.of(3, 4) })
  })
})
