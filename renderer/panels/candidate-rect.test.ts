import { describe, expect, it } from 'vitest'
import { candidateRect } from './candidate-rect.ts'

const request = { kind: 'inpaint' } as const
const bounds = { x: 0, y: 0, width: 1000, height: 800 }

describe('what a candidate’s card shows', () => {
  it('is where the model worked, as far as it lies on the picture', () => {
    const cropRect = { x: -64, y: 100, width: 256, height: 256 }
    expect(candidateRect({ cropRect, request }, { bounds })).toEqual({ x: 0, y: 100, width: 192, height: 256 })
  })

  it('is all of what was enlarged', () => {
    const cropRect = { x: 0, y: 0, width: 512, height: 512 }
    expect(candidateRect({ cropRect, request: { kind: 'upscale' } }, { bounds })).toEqual(bounds)
  })

  it('is all of it while that is not known', () => {
    expect(candidateRect({ cropRect: null, request }, { bounds })).toEqual(bounds)
  })
})
