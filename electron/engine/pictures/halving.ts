import { PIXEL_FORMATS, TILE_SIZE, type PixelFormat } from '../../api/images.ts'

const HALF = TILE_SIZE / 2
const OPAQUE = 0xff00_0000

/** The format a pyramid is kept in: 16-bit pictures are shown with 8. */
export type PyramidFormat = Exclude<PixelFormat, 'rgba16'>

/** A tile of the next level, from the up to four tiles it covers: left to right, then top to bottom. Absent ones are zero. */
export function halveTiles(quarters: readonly (Uint8Array | undefined)[], format: PyramidFormat): Uint8Array {
  const halved = new Uint8Array(TILE_SIZE * TILE_SIZE * PIXEL_FORMATS[format])
  for (const [i, quarter] of quarters.entries()) {
    if (quarter === undefined) continue
    const start = Math.floor(i / 2) * HALF * TILE_SIZE + (i % 2) * HALF
    if (format === 'rgba8') halvePixels(aligned(quarter), aligned(halved), start)
    else halveMask(quarter, halved, start)
  }
  return halved
}

/** Each pixel is the mean of four; colours count as much as their pixel is opaque, so that edges keep their colour. */
function halvePixels(from: Uint32Array, to: Uint32Array, start: number): void {
  for (let row = 0; row < HALF; row++) {
    for (let column = 0; column < HALF; column++) {
      const i = (2 * row * TILE_SIZE + 2 * column) | 0
      const a = from[i]!
      const b = from[i + 1]!
      const c = from[i + TILE_SIZE]!
      const d = from[i + TILE_SIZE + 1]!
      const isOpaque = (a & b & c & d) >>> 24 === 0xff
      to[start + row * TILE_SIZE + column] = isOpaque ? meanOfOpaque(a, b, c, d) : meanOfTransparent(a, b, c, d)
    }
  }
}

/** Two channels are added at once, each in its own 16 bits of a word. */
function meanOfOpaque(a: number, b: number, c: number, d: number): number {
  const even = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff) + 0x20002
  const green = ((a >>> 8) & 0xff) + ((b >>> 8) & 0xff) + ((c >>> 8) & 0xff) + ((d >>> 8) & 0xff) + 2
  return (((even >>> 2) & 0xff00ff) | ((green >>> 2) << 8) | OPAQUE) >>> 0
}

function meanOfTransparent(a: number, b: number, c: number, d: number): number {
  const alpha = (a >>> 24) + (b >>> 24) + (c >>> 24) + (d >>> 24)
  if (alpha === 0) return 0
  const red = weigh(a, b, c, d, 0) / alpha
  const green = weigh(a, b, c, d, 8) / alpha
  const blue = weigh(a, b, c, d, 16) / alpha
  return ((red + 0.5) | ((green + 0.5) << 8) | ((blue + 0.5) << 16) | ((alpha / 4 + 0.5) << 24)) >>> 0
}

/** The sum of one channel, each pixel's times its alpha. */
function weigh(a: number, b: number, c: number, d: number, shift: number): number {
  return (
    ((a >>> shift) & 0xff) * (a >>> 24) +
    ((b >>> shift) & 0xff) * (b >>> 24) +
    ((c >>> shift) & 0xff) * (c >>> 24) +
    ((d >>> shift) & 0xff) * (d >>> 24)
  )
}

/** The strongest of four: a thin stroke stays visible from afar. */
function halveMask(from: Uint8Array, to: Uint8Array, start: number): void {
  for (let row = 0; row < HALF; row++) {
    for (let column = 0; column < HALF; column++) {
      const i = 2 * row * TILE_SIZE + 2 * column
      to[start + row * TILE_SIZE + column] = larger(larger(from[i]!, from[i + 1]!), larger(from[i + TILE_SIZE]!, from[i + TILE_SIZE + 1]!))
    }
  }
}

function larger(a: number, b: number): number {
  return a > b ? a : b
}

/** A view as whole pixels, little-endian; copied only where the bytes do not begin at a multiple of four. */
function aligned(bytes: Uint8Array): Uint32Array {
  const start = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
  return new Uint32Array(start.buffer, start.byteOffset, start.length / 4)
}
