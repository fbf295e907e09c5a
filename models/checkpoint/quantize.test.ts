import { describe, expect, it } from 'vitest'
import { createRandom } from '../sampling/random.ts'
import { quantizeMatrix } from './quantize.ts'

describe('quantizeMatrix', () => {
  it('is off by half a step of each output at most', () => {
    const random = createRandom(3)
    const weight = Float32Array.from({ length: 5 * 64 }, (_, i) => (random() - 0.5) * 10 ** (Math.floor(i / 64) - 2))
    const { values, scales } = quantizeMatrix(weight, 5)
    for (let out = 0; out < 5; out++) {
      for (let i = 0; i < 64; i++) {
        expect(Math.abs(values[i * 5 + out]! * scales[out]! - weight[out * 64 + i]!)).toBeLessThanOrEqual(scales[out]! * 0.5001)
      }
    }
  })

  it('uses the whole range of each output', () => {
    const { values, scales } = quantizeMatrix(Float32Array.of(0.5, -1, 0.001, 0.002), 2)
    expect([...values]).toEqual([64, 64, -127, 127])
    expect(scales[0]).toBeCloseTo(1 / 127)
  })

  it('leaves zeros zero', () => {
    const { values, scales } = quantizeMatrix(new Float32Array(4), 2)
    expect([...values]).toEqual([0, 0, 0, 0])
    expect([...scales]).toEqual([1, 1])
  })
})
