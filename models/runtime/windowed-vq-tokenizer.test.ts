import { describe, expect, it } from 'vitest'
import type { PackGrids } from '../importing/pack.ts'
import type { VqCodec } from './vq-codec.ts'
import type { PlanarImage, TokenGrid } from './vq-tokenizer.ts'
import { windowedVqTokenizer } from './windowed-vq-tokenizer.ts'

const FACTOR = 2
const CODEBOOK_SIZE = 100
const fixed: PackGrids = { kind: 'fixed', rows: 4, columns: 4 }

/**
 * A VQ model by formula: a token is its cell's grey value in hundredths. Like a real one it errs at its borders: there it
 * encodes 0, and decodes a little darker.
 */
function formulaCodec() {
  const seen: { rows: number; columns: number }[] = []
  const isBorder = ({ rows, columns }: { rows: number; columns: number }, row: number, column: number) =>
    row === 0 || column === 0 || row === rows - 1 || column === columns - 1
  const codec: VqCodec = {
    downsampleFactor: FACTOR,
    codebookSize: CODEBOOK_SIZE,
    async encode({ width, height, data }) {
      const size = { rows: height / FACTOR, columns: width / FACTOR }
      seen.push(size)
      const tokens = Int32Array.from({ length: size.rows * size.columns }, (_, i) => {
        const [row, column] = [Math.floor(i / size.columns), i % size.columns]
        return isBorder(size, row, column) ? 0 : Math.round(data[row * FACTOR * width + column * FACTOR]! * 100)
      })
      return { ...size, tokens }
    },
    async decode(grid) {
      seen.push({ rows: grid.rows, columns: grid.columns })
      return paint(grid, (row, column) => (isBorder(grid, row, column) ? 0.9 : 1))
    },
  }
  return { codec, seen }
}

/** Cells of grey, each darkened by a factor. */
function paint({ rows, columns, tokens }: TokenGrid, lightness = (_row: number, _column: number) => 1): PlanarImage {
  const [width, height] = [columns * FACTOR, rows * FACTOR]
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const row = Math.floor((Math.floor(i / width) % height) / FACTOR)
    const column = Math.floor((i % width) / FACTOR)
    return (tokens[row * columns + column]! / 100) * lightness(row, column)
  })
  return { width, height, data }
}

const gridOf = (rows: number, columns: number): TokenGrid => ({
  rows,
  columns,
  tokens: Int32Array.from({ length: rows * columns }, (_, i) => 1 + (i % 99)),
})

describe('windowedVqTokenizer over a fixed grid', () => {
  it('hands a picture of the grid itself to the graphs as it is', async () => {
    const { codec, seen } = formulaCodec()
    const tokenizer = windowedVqTokenizer(codec, fixed)
    await tokenizer.tokensToImage(await tokenizer.imageToTokens(paint(gridOf(4, 4))))
    expect(seen).toEqual([{ rows: 4, columns: 4 }, { rows: 4, columns: 4 }])
  })

  it('encodes a larger picture, taking each token from where the graph saw most around it', async () => {
    const { codec, seen } = formulaCodec()
    const grid = gridOf(4, 9)
    const { tokens } = await windowedVqTokenizer(codec, fixed).imageToTokens(paint(grid))
    for (const column of [1, 3, 4, 5, 7]) expect(tokens[9 + column], `column ${column}`).toBe(grid.tokens[9 + column])
    expect(seen.every(({ rows, columns }) => rows === 4 && columns === 4)).toBe(true)
  })

  it('decodes a larger grid without a visible join', async () => {
    const flat = { rows: 7, columns: 10, tokens: new Int32Array(70).fill(50) }
    const { width, height, data } = await windowedVqTokenizer(formulaCodec().codec, fixed).tokensToImage(flat)
    expect([width, height]).toEqual([20, 14])
    for (const value of data) expect(value).toBeGreaterThan(0.44)
    const row = Array.from(data.subarray(6 * width, 7 * width))
    for (let x = 1; x < width; x++) expect(Math.abs(row[x]! - row[x - 1]!)).toBeLessThan(0.051)
  })

  it('keeps what windows agree on to the last bit of a float', async () => {
    const { codec } = formulaCodec()
    const even = { ...codec, decode: async (grid: TokenGrid) => paint(grid) }
    const grid = gridOf(6, 11)
    const image = await windowedVqTokenizer(even, fixed).tokensToImage(grid)
    for (const [i, value] of paint(grid).data.entries()) expect(image.data[i]).toBeCloseTo(value, 6)
  })

  it('refuses a picture smaller than the grid, or not of whole tokens', async () => {
    const tokenizer = windowedVqTokenizer(formulaCodec().codec, fixed)
    await expect(tokenizer.imageToTokens(paint(gridOf(3, 4)))).rejects.toThrow(RangeError)
    await expect(tokenizer.tokensToImage(gridOf(4, 3))).rejects.toThrow(RangeError)
    const odd = { width: 9, height: 8, data: new Float32Array(3 * 72) }
    await expect(tokenizer.imageToTokens(odd)).rejects.toThrow(RangeError)
  })
})

describe('windowedVqTokenizer over free grids', () => {
  const free: PackGrids = { kind: 'free', rows: 4, columns: 4, multipleOf: 2, maxTokens: 32 }

  it('hands over whatever the graphs take whole', async () => {
    const { codec, seen } = formulaCodec()
    await windowedVqTokenizer(codec, free).tokensToImage(gridOf(4, 8))
    expect(seen).toEqual([{ rows: 4, columns: 8 }])
  })

  it('works through larger ones in windows of the native grid', async () => {
    const { codec, seen } = formulaCodec()
    const image = await windowedVqTokenizer(codec, free).tokensToImage(gridOf(8, 8))
    expect([image.width, image.height]).toEqual([16, 16])
    expect(seen.every(({ rows, columns }) => rows === 4 && columns === 4)).toBe(true)
  })
})

describe('codebookColors', () => {
  it('finds the colour of each code by decoding it', async () => {
    const { codec } = formulaCodec()
    const even = { ...codec, decode: async (grid: TokenGrid) => paint(grid) }
    const colors = await windowedVqTokenizer(even, fixed).codebookColors()
    expect(colors).toHaveLength(CODEBOOK_SIZE * 3)
    for (let code = 0; code < CODEBOOK_SIZE; code++) expect(colors[code * 3 + 1]).toBeCloseTo(code / 100, 5)
  })

  it('decodes only once, however often it is asked', async () => {
    const { codec, seen } = formulaCodec()
    const tokenizer = windowedVqTokenizer(codec, fixed)
    expect(await tokenizer.codebookColors()).toBe(await tokenizer.codebookColors())
    expect(seen).toHaveLength(25)
  })
})
