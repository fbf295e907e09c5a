import { describe, expect, it } from 'vitest'
import { MASK_TOKEN } from '../../models/runtime/masked-transformer.ts'
import type { TokenGrid, VqTokenizer } from '../../models/runtime/vq-tokenizer.ts'
import type { ReadyPack } from './pack-cache.ts'
import { PreviewPainter } from './preview-painter.ts'

/** Codes: black, white, red. */
const codebookColors = Float32Array.of(0, 0, 0, 1, 1, 1, 1, 0, 0)
const BLACK = [0, 0, 0]
const WHITE = [255, 255, 255]
const RED = [255, 0, 0]

/** Two tokens side by side, two pixels each; a decode shows grey 51 everywhere and takes `decodeMs` on the given clock. */
function setUp(decodeMs = 10) {
  const clock = { now: 0 }
  const decodes: Int32Array[] = []
  const tokenizer = {
    tokensToImage: async ({ rows, columns, tokens }: TokenGrid) => {
      decodes.push(tokens)
      clock.now += decodeMs
      return { width: columns * 2, height: rows * 2, data: new Float32Array(rows * columns * 12).fill(0.2) }
    },
  } as Partial<VqTokenizer> as VqTokenizer
  const ready = {
    stages: [{ tokenizer }],
    pack: { stages: [{ grids: { kind: 'fixed', rows: 1, columns: 2 } }] },
    previews: [{ codebookColors, decodeMs }],
  } as unknown as ReadyPack
  return { clock, decodes, painter: new PreviewPainter(ready, 0, 2, () => clock.now) }
}

const grid = (...tokens: number[]): TokenGrid => ({ rows: 1, columns: tokens.length, tokens: Int32Array.from(tokens) })

describe('PreviewPainter', () => {
  it('paints one pixel per token in its code’s colour', () => {
    const { painter } = setUp()
    expect(painter.paint(0, grid(1, 2))).toEqual({ width: 2, height: 1, data: Uint8Array.of(...WHITE, ...RED) })
  })

  it('paints cells that no pass has looked at in the mean of the others', () => {
    const { painter } = setUp()
    expect([...painter.paint(0, grid(2, MASK_TOKEN)).data]).toEqual([...RED, ...RED])
    expect([...painter.paint(0, grid(MASK_TOKEN, MASK_TOKEN)).data]).toEqual([128, 128, 128, 128, 128, 128])
  })

  it('decodes only when that takes a small share of the time', async () => {
    const { painter, clock, decodes } = setUp(10)
    clock.now = 50
    expect(await painter.refine(0, 1, grid(1, 2))).toBeUndefined()
    clock.now = 67
    expect(await painter.refine(0, 1, grid(1, 2))).toMatchObject({ width: 4, height: 2 })
    expect(await painter.refine(0, 1, grid(1, 2))).toBeUndefined()
    expect(decodes).toHaveLength(1)
  })

  it('lets the candidate that waited longest have the decode', async () => {
    const { painter, clock, decodes } = setUp(10)
    const decoded: number[] = []
    for (const candidate of [0, 0, 1, 2, 0, 1, 2]) {
      clock.now += 100
      if (await painter.refine(candidate, 3, grid(1, candidate))) decoded.push(candidate)
    }
    expect(decoded).toEqual([0, 1, 2, 0, 1, 2])
    expect(decodes).toHaveLength(6)
  })

  it('keeps decoded pixels where the token stayed and paints over the others', async () => {
    const { painter, clock } = setUp()
    clock.now = 1000
    await painter.refine(0, 1, grid(1, 1))
    const { width, data } = painter.paint(0, grid(1, 0))
    expect(width).toBe(4)
    expect([...data.subarray(0, 6)]).toEqual([51, 51, 51, 51, 51, 51])
    expect([...data.subarray(6, 12)]).toEqual([...BLACK, ...BLACK])
  })

  it('gives the decoder no masks', async () => {
    const { painter, clock, decodes } = setUp()
    clock.now = 1000
    await painter.refine(0, 1, grid(2, MASK_TOKEN))
    expect([...decodes[0]!]).toEqual([2, 2])
  })
})
