import { describe, expect, it } from 'vitest'
import { FormingTrail, stepOf } from './kept-trail.ts'

const size = { rows: 1, columns: 2 }

describe('a trail', () => {
  it('grows by a step and gives each back', () => {
    const forming = new FormingTrail(size)
    forming.add(Uint16Array.of(1, 2, 1, 9), 2)
    forming.add(Uint16Array.of(3, 4, 3, 4), 2)
    const trail = forming.join()
    expect(trail).toMatchObject({ ...size, stepCount: 2 })
    expect(stepOf(trail, 1)).toEqual({ guess: Uint16Array.of(1, 2), kept: Uint16Array.of(1, 9) })
    expect(stepOf(trail, 2)).toEqual({ guess: Uint16Array.of(3, 4), kept: Uint16Array.of(3, 4) })
  })

  it('keeps the newest step alone where all would take too much memory', () => {
    const forming = new FormingTrail(size)
    forming.add(Uint16Array.of(1, 2, 1, 9), 2_000_000)
    forming.add(Uint16Array.of(3, 4, 3, 4), 2_000_000)
    expect(forming.join()).toEqual({ ...size, stepCount: 1, tokens: Uint16Array.of(3, 4, 3, 4) })
  })
})
