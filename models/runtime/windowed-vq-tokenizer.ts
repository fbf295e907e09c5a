import { takesGrid, windowGridOf } from '../importing/pack-grids.ts'
import type { PackGrids } from '../importing/pack.ts'
import { computeCodebookColors } from './codebook-colors.ts'
import { cutImage, pasteImage } from './planar-image.ts'
import type { VqCodec } from './vq-codec.ts'
import type { PlanarImage, TokenGrid, TokenRect, VqTokenizer } from './vq-tokenizer.ts'
import { windowOrigins } from './window-origins.ts'

/** One window along an axis, in tokens: what the graph sees, from `start`. */
interface Span {
  readonly start: number
  readonly length: number
}

/**
 * Windows overlap by a quarter of the grid: about the reach of a convolutional VQ model's borders, and wide enough that
 * a blended join does not show.
 */
const OVERLAP_SHARE = 1 / 4
/** With two tokens, every inner token lies off the border of some window. */
const MIN_OVERLAP = 2

/**
 * A VQ tokenizer for pictures of any size over graphs that take one grid, or grids up to a size. Encoding takes each
 * token from the window in which it lies farthest from the border, where the graph sees most around it; decoding blends
 * overlapping windows linearly.
 *
 * @param reach  how many tokens away from a pixel's own token its colour still depends on, where the decoder takes any grid and
 *   looks no farther. Absent = on all of the grid, as with normalisations over the whole picture.
 */
export function windowedVqTokenizer(codec: VqCodec, grids: PackGrids, reach?: number): VqTokenizer {
  const { downsampleFactor, codebookSize } = codec
  let colors: Promise<Float32Array> | undefined

  /** @throws {RangeError} when the canvas is smaller than the graphs' own grid, in some direction. */
  const spansOf = (canvas: { rows: number; columns: number }) => {
    const window = windowGridOf(grids, canvas)
    if (canvas.rows < window.rows || canvas.columns < window.columns) {
      throw new RangeError(`${canvas.rows} × ${canvas.columns} tokens are fewer than ${window.rows} × ${window.columns}`)
    }
    return { down: coverAxis(canvas.rows, window.rows), right: coverAxis(canvas.columns, window.columns) }
  }

  return {
    downsampleFactor,
    codebookSize,

    async imageToTokens(image) {
      const { rows, columns } = gridSizeOf(image, downsampleFactor)
      if (takesGrid(grids, { rows, columns })) return codec.encode(image)
      const { down, right } = spansOf({ rows, columns })
      const owners = { down: nearestSpans(down, rows), right: nearestSpans(right, columns) }
      const tokens = new Int32Array(rows * columns)
      for (const [i, row] of down.entries()) {
        for (const [j, column] of right.entries()) {
          const part = await codec.encode(cutImage(image, pixelsOf(row, column, downsampleFactor)))
          copyOwnTokens(part, { row, column, i, j }, owners, { rows, columns, tokens })
        }
      }
      return { rows, columns, tokens }
    },

    async tokensToImage(grid, needed) {
      const { rows, columns } = grid
      if (takesGrid(grids, grid)) return decodeAround(codec, grid, needed, reach)
      const { down, right } = spansOf(grid)
      const blended = new BlendedImage(columns * downsampleFactor, rows * downsampleFactor)
      for (const row of down) {
        for (const column of right) {
          if (needed !== undefined && !isSeen(needed, row, column)) continue
          const part = await codec.decode(cutTokens(grid, row, column))
          const at = pixelsOf(row, column, downsampleFactor)
          blended.add(part, at.x, at.y, blendWeights(row, down, downsampleFactor), blendWeights(column, right, downsampleFactor))
        }
      }
      return blended.finish()
    },

    codebookColors() {
      colors ??= computeCodebookColors(codec, { rows: grids.rows, columns: grids.columns })
      return colors
    },
  }
}

/** Of a grid the decoder takes whole, only what is needed and what its pixels depend on, if that is known. */
async function decodeAround(codec: VqCodec, grid: TokenGrid, needed: TokenRect | undefined, reach: number | undefined): Promise<PlanarImage> {
  if (needed === undefined || reach === undefined) return codec.decode(grid)
  const row = widenSpan({ start: needed.row, length: needed.rows }, reach, grid.rows)
  const column = widenSpan({ start: needed.column, length: needed.columns }, reach, grid.columns)
  if (row.length * column.length === grid.rows * grid.columns) return codec.decode(grid)
  const { downsampleFactor: factor } = codec
  const part = await codec.decode(cutTokens(grid, row, column))
  const image = { width: grid.columns * factor, height: grid.rows * factor, data: new Float32Array(3 * grid.tokens.length * factor ** 2) }
  pasteImage(image, part, column.start * factor, row.start * factor)
  return image
}

function widenSpan({ start, length }: Span, margin: number, count: number): Span {
  const from = Math.max(0, start - margin)
  return { start: from, length: Math.min(count, start + length + margin) - from }
}

function isSeen(needed: TokenRect, row: Span, column: Span): boolean {
  const meets = (span: Span, start: number, length: number) => span.start < start + length && start < span.start + span.length
  return meets(row, needed.row, needed.rows) && meets(column, needed.column, needed.columns)
}

/** @throws {RangeError} when the image's sides are not multiples of the downsample factor. */
function gridSizeOf({ width, height }: PlanarImage, factor: number): { rows: number; columns: number } {
  if (width % factor !== 0 || height % factor !== 0) {
    throw new RangeError(`${width} × ${height} pixels are not whole tokens of ${factor}`)
  }
  return { rows: height / factor, columns: width / factor }
}

/** Evenly spaced windows over `count` tokens, overlapping at least by what the constants above say. */
function coverAxis(count: number, length: number): Span[] {
  const maxStride = length - Math.max(MIN_OVERLAP, Math.ceil(length * OVERLAP_SHARE))
  return windowOrigins(count, length, maxStride).map((start) => ({ start, length }))
}

/** For each token of an axis, the index of the span whose middle is nearest. */
function nearestSpans(spans: readonly Span[], count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, token) => {
    const distances = spans.map(({ start, length }) => Math.abs(start + length / 2 - (token + 0.5)))
    return distances.indexOf(Math.min(...distances))
  })
}

function pixelsOf(row: Span, column: Span, factor: number) {
  return {
    x: column.start * factor,
    y: row.start * factor,
    width: column.length * factor,
    height: row.length * factor,
  }
}

function cutTokens({ columns, tokens }: TokenGrid, row: Span, column: Span): TokenGrid {
  const cut = new Int32Array(row.length * column.length)
  for (let r = 0; r < row.length; r++) {
    const start = (row.start + r) * columns + column.start
    cut.set(tokens.subarray(start, start + column.length), r * column.length)
  }
  return { rows: row.length, columns: column.length, tokens: cut }
}

/** Copies from one window's tokens those cells that no other window shows better. */
function copyOwnTokens(
  part: TokenGrid,
  { row, column, i, j }: { row: Span; column: Span; i: number; j: number },
  owners: { down: Uint32Array; right: Uint32Array },
  into: TokenGrid,
): void {
  for (let r = 0; r < row.length; r++) {
    if (owners.down[row.start + r] !== i) continue
    for (let c = 0; c < column.length; c++) {
      if (owners.right[column.start + c] !== j) continue
      into.tokens[(row.start + r) * into.columns + column.start + c] = part.tokens[r * part.columns + c]!
    }
  }
}

/** The weight of each pixel of a window along one axis: 1, falling linearly to near 0 where it overlaps its neighbours. */
function blendWeights(span: Span, spans: readonly Span[], factor: number): Float32Array {
  const index = spans.indexOf(span)
  const before = spans[index - 1]
  const after = spans[index + 1]
  const size = span.length * factor
  const overlapBefore = before === undefined ? 0 : (before.start + before.length - span.start) * factor
  const overlapAfter = after === undefined ? 0 : (span.start + span.length - after.start) * factor
  return Float32Array.from({ length: size }, (_, i) => {
    const rise = i < overlapBefore ? (i + 0.5) / overlapBefore : 1
    const fall = size - 1 - i < overlapAfter ? (size - 0.5 - i) / overlapAfter : 1
    return Math.min(rise, fall)
  })
}

/** Sums weighted windows and divides by the weights' sum. */
class BlendedImage {
  private readonly width: number
  private readonly height: number
  private readonly sums: Float32Array
  private readonly weights: Float32Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.sums = new Float32Array(3 * width * height)
    this.weights = new Float32Array(width * height)
  }

  add(part: PlanarImage, left: number, top: number, down: Float32Array, right: Float32Array): void {
    const area = this.width * this.height
    const partArea = part.width * part.height
    for (let y = 0; y < part.height; y++) {
      for (let x = 0; x < part.width; x++) {
        const weight = down[y]! * right[x]!
        const to = (top + y) * this.width + left + x
        const from = y * part.width + x
        this.weights[to]! += weight
        for (let channel = 0; channel < 3; channel++) {
          this.sums[channel * area + to]! += weight * part.data[channel * partArea + from]!
        }
      }
    }
  }

  finish(): PlanarImage {
    const area = this.width * this.height
    // Where no window was looked at the sum is 0, and stays.
    for (let i = 0; i < this.sums.length; i++) this.sums[i]! /= this.weights[i % area]! || 1
    return { width: this.width, height: this.height, data: this.sums }
  }
}
