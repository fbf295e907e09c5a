import { describe, expect, it } from 'vitest'
import { createRandom } from '../sampling/random.ts'
import { fitCodebookColors } from './codebook-color-fit.ts'

/** A tokenizer whose cells have exactly the colour that a linear function gives, with a texture that averages out. */
function linearTokenizer(codes: Float32Array, codeWidth: number, slopes: readonly (readonly number[])[]): Parameters<typeof fitCodebookColors>[0] {
  const side = 4
  return {
    downsampleFactor: side,
    codebookSize: codes.length / codeWidth,
    async tokensToImage({ rows, columns, tokens }) {
      const [width, height] = [columns * side, rows * side]
      const data = new Float32Array(3 * width * height)
      for (let i = 0; i < data.length; i++) {
        const [channel, y, x] = [Math.floor(i / (width * height)), Math.floor(i / width) % height, i % width]
        const token = tokens[Math.floor(y / side) * columns + Math.floor(x / side)]!
        data[i] = colorOf(codes, codeWidth, slopes[channel]!, token) + (x % 2 === 0 ? 0.1 : -0.1)
      }
      return { width, height, data }
    },
  }
}

const colorOf = (codes: Float32Array, width: number, slope: readonly number[], token: number) =>
  slope.reduce((sum, value, i) => sum + value * codes[token * width + i]!, 0.5)

describe('fitCodebookColors', () => {
  it('finds the colour of every code, also of those it has not seen', async () => {
    const random = createRandom(7)
    const codes = Float32Array.from({ length: 2000 * 3 }, () => random() * 2 - 1)
    const slopes = [[0.1, 0.05, 0], [0, -0.2, 0.1], [0.02, 0.1, 0.15]]
    const colors = await fitCodebookColors(linearTokenizer(codes, 3, slopes), codes)
    expect(colors).toHaveLength(6000)
    for (const token of [0, 1, 999, 1999]) {
      for (const channel of [0, 1, 2]) {
        expect(colors[token * 3 + channel]).toBeCloseTo(colorOf(codes, 3, slopes[channel]!, token), 2)
      }
    }
  })

  it('stays within what a screen can show', async () => {
    const codes = Float32Array.from({ length: 40 }, (_, i) => i - 20)
    const colors = await fitCodebookColors(linearTokenizer(codes, 1, [[1], [-1], [0]]), codes)
    expect(Math.min(...colors)).toBe(0)
    expect(Math.max(...colors)).toBe(1)
  })

  it('is not thrown off by a codebook whose codes are all alike', async () => {
    const colors = await fitCodebookColors(linearTokenizer(new Float32Array(16), 2, [[1, 1], [1, 1], [1, 1]]), new Float32Array(16))
    expect([...colors].every((value) => Math.abs(value - 0.5) < 1e-3)).toBe(true)
  })
})
