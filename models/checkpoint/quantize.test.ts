import { describe, expect, it } from 'vitest'
import { createRandom } from '../sampling/random.ts'
import { quantizeBlocks, quantizeMatrix } from './quantize.ts'

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
    expect([...values]).toEqual([32, 32, -64, 64])
    expect(scales[0]).toBeCloseTo(1 / 64)
  })

  it('lets a sum of two products with inputs of 8 bits fit in 16', () => {
    const { values } = quantizeMatrix(Float32Array.of(1, 1), 1)
    expect(255 * (values[0]! + values[1]!)).toBeLessThan(2 ** 15)
  })

  it('leaves zeros zero', () => {
    const { values, scales } = quantizeMatrix(new Float32Array(4), 2)
    expect([...values]).toEqual([0, 0, 0, 0])
    expect([...scales]).toEqual([1, 1])
  })
})

describe('quantizeBlocks', () => {
  const read = ({ values, scales }: ReturnType<typeof quantizeBlocks>, index: number) => {
    const byte = values[index >> 1]!
    return ((index % 2 === 0 ? byte & 15 : byte >> 4) - 8) * scales[Math.floor(index / 32)]!
  }

  it('is off by half a step of each block, or by one where the largest of the other sign has no room', () => {
    const random = createRandom(4)
    const weight = Float32Array.from({ length: 3 * 64 }, () => random() * 2 - 1)
    const blocks = quantizeBlocks(weight, 3)
    expect(blocks.scales).toHaveLength(6)
    weight.forEach((value, i) => {
      expect(Math.abs(read(blocks, i) - value)).toBeLessThanOrEqual(Math.abs(blocks.scales[Math.floor(i / 32)]!) * 1.0001)
    })
    const meanError = weight.reduce((sum, value, i) => sum + Math.abs(read(blocks, i) - value), 0) / weight.length
    expect(meanError).toBeLessThan(0.05)
  })

  it('fills a last block that is not whole with zeros', () => {
    const blocks = quantizeBlocks(Float32Array.of(...Array<number>(40).fill(1)), 1)
    expect(blocks.scales).toHaveLength(2)
    expect(read(blocks, 39)).toBeCloseTo(1)
    expect(read(blocks, 40)).toBe(-0)
  })
})
