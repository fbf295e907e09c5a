import { describe, expect, it } from 'vitest'
import type { VqCodec } from '../../models/runtime/vq-codec.ts'
import { windowedVqTokenizer } from '../../models/runtime/windowed-vq-tokenizer.ts'
import { createRandom } from '../../models/sampling/random.ts'
import { changedRect, decodeResult } from './decode-result.ts'

const FACTOR = 4
/** How far the codec's box looks, in pixels: between one and two tokens. */
const BLUR = 6
const REACH = 2

/** Every token is a shade, and every pixel the mean of the shades around it, as far as there is a picture. */
function blurringCodec() {
  const decodedCounts: number[] = []
  const codec: VqCodec = {
    downsampleFactor: FACTOR,
    codebookSize: 256,
    encode: () => Promise.reject(new Error('not asked for')),
    async decode({ rows, columns, tokens }) {
      decodedCounts.push(tokens.length)
      const [width, height] = [columns * FACTOR, rows * FACTOR]
      const shade = (x: number, y: number) => tokens[Math.floor(y / FACTOR) * columns + Math.floor(x / FACTOR)]! / 255
      const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
        const [x, y] = [i % width, Math.floor(i / width) % height]
        let [sum, count] = [0, 0]
        for (let v = Math.max(0, y - BLUR); v <= Math.min(height - 1, y + BLUR); v++) {
          for (let u = Math.max(0, x - BLUR); u <= Math.min(width - 1, x + BLUR); u++) {
            sum += shade(u, v)
            count++
          }
        }
        return sum / count
      })
      return { width, height, data }
    },
  }
  return { codec, decodedCounts }
}

const random = createRandom(3)
const grid = (rows: number, columns: number) => ({ rows, columns, tokens: Int32Array.from({ length: rows * columns }, () => Math.floor(random() * 256)) })
const pictureOf = ({ rows, columns }: { rows: number; columns: number }) => {
  const [width, height] = [columns * FACTOR, rows * FACTOR]
  return { width, height, data: Uint8Array.from({ length: 3 * width * height }, () => Math.floor(random() * 256)) }
}
const maskOf = (rows: number, columns: number, isMasked: (row: number, column: number) => boolean) => ({
  rows, columns, passes: [], tokenMask: Uint8Array.from({ length: rows * columns }, (_, i) => Number(isMasked(Math.floor(i / columns), i % columns))),
})

describe('the picture of a candidate', () => {
  it.each([
    ['in the middle', 20, 22, (row: number, column: number) => row >= 9 && row < 11 && column === 10],
    ['in a corner', 20, 22, (row: number, column: number) => row < 2 && column > 19],
  ])('is as in a whole decode where the change is %s and as it was elsewhere, and only a part is decoded', async (_, rows, columns, isMasked) => {
    const { codec, decodedCounts } = blurringCodec()
    const tokens = grid(rows, columns)
    const image = pictureOf(tokens)
    const plan = maskOf(rows, columns, isMasked)
    const tokenizer = windowedVqTokenizer(codec, { kind: 'free', rows, columns, multipleOf: 1, maxTokens: 1000 }, REACH)
    const result = await decodeResult(tokenizer, tokens, plan, image)
    expect(decodedCounts[0]).toBeLessThan(rows * columns * 0.7)
    const whole = await codec.decode(tokens)
    let [largest, strayCount, insideCount] = [0, 0, 0]
    const needed = changedRect(plan, 16 / FACTOR)!
    for (let i = 0; i < result.data.length; i++) {
      const [x, y] = [i % image.width, Math.floor(i / image.width) % image.height]
      const [row, column] = [Math.floor(y / FACTOR), Math.floor(x / FACTOR)]
      const isInside = row >= needed.row && row < needed.row + needed.rows && column >= needed.column && column < needed.column + needed.columns
      const channel = Math.floor(i / (image.width * image.height))
      const before = Math.fround(image.data[(y * image.width + x) * 3 + channel]! / 255)
      if (isInside) insideCount++
      if (isInside) largest = Math.max(largest, Math.abs(result.data[i]! - whole.data[i]!))
      else if (Math.abs(result.data[i]! - before) > 1e-6) strayCount++
    }
    expect(insideCount).toBeGreaterThan(0)
    expect(largest).toBeLessThan(1e-4)
    expect(strayCount).toBe(0)
  })

  it('leaves out windows of a large canvas that show nothing of the change', async () => {
    const { codec, decodedCounts } = blurringCodec()
    const tokens = grid(8, 80)
    const tokenizer = windowedVqTokenizer(codec, { kind: 'fixed', rows: 8, columns: 8 })
    const plan = maskOf(8, 80, (_row, column) => column === 1)
    const result = await decodeResult(tokenizer, tokens, plan, pictureOf(tokens))
    expect(decodedCounts.length).toBeLessThan(4)
    const whole = await tokenizer.tokensToImage(tokens)
    // The masked column's own pixels.
    for (let y = 0; y < 32; y++) for (let x = 4; x < 8; x++) expect(result.data[y * 320 + x]).toBe(whole.data[y * 320 + x])
    expect(result.data.some(Number.isNaN)).toBe(false)
  })

  it('is decoded whole where the pack does not say how far its decoder looks, where all may change, and from nothing', async () => {
    const { codec, decodedCounts } = blurringCodec()
    const grids = { kind: 'free', rows: 8, columns: 8, multipleOf: 1, maxTokens: 64 } as const
    const tokens = grid(8, 8)
    const corner = maskOf(8, 8, (row, column) => row + column === 0)
    await decodeResult(windowedVqTokenizer(codec, grids), tokens, corner, pictureOf(tokens))
    await decodeResult(windowedVqTokenizer(codec, grids, REACH), tokens, maskOf(8, 8, () => true), pictureOf(tokens))
    await decodeResult(windowedVqTokenizer(codec, grids, REACH), tokens, corner, null)
    expect(decodedCounts).toEqual([64, 64, 64])
  })
})
