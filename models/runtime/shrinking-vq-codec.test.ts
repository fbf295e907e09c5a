import { describe, expect, it } from 'vitest'
import { shrinkingVqCodec } from './shrinking-vq-codec.ts'
import type { VqCodec } from './vq-codec.ts'
import type { PlanarImage } from './vq-tokenizer.ts'

/** One token a pixel: its red in tenths. */
const codec: VqCodec = {
  downsampleFactor: 1,
  codebookSize: 11,
  encode: async ({ width, height, data }) => ({
    rows: height, columns: width, tokens: Int32Array.from({ length: width * height }, (_, i) => Math.round(data[i]! * 10)),
  }),
  decode: async ({ rows, columns, tokens }) => ({
    width: columns, height: rows, data: Float32Array.from({ length: 3 * rows * columns }, (_, i) => tokens[i % (rows * columns)]! / 10),
  }),
}

const picture = (width: number, height: number, reds: number[]): PlanarImage => {
  const data = new Float32Array(3 * width * height)
  data.set(reds)
  return { width, height, data }
}

describe('a shrinking codec', () => {
  it('encodes means of the picture’s squares', async () => {
    const image = picture(4, 2, [0, 0.2, 1, 1, 0.4, 0.6, 1, 1])
    expect(await shrinkingVqCodec(codec, 2).encode(image)).toEqual({ rows: 1, columns: 2, tokens: Int32Array.of(3, 10) })
  })

  it('decodes to the picture’s full size', async () => {
    const { width, height, data } = await shrinkingVqCodec(codec, 2).decode({ rows: 1, columns: 2, tokens: Int32Array.of(5, 8) })
    expect([width, height]).toEqual([4, 2])
    expect([...data.subarray(0, 8)].map((value) => value.toFixed(1))).toEqual(['0.5', '0.5', '0.8', '0.8', '0.5', '0.5', '0.8', '0.8'])
  })

  it('counts its factor among the pixels of a token, and 1 changes nothing', () => {
    expect(shrinkingVqCodec(codec, 4).downsampleFactor).toBe(4)
    expect(shrinkingVqCodec(codec, 1)).toBe(codec)
  })
})
