import { MASK_TOKEN } from '../../models/runtime/masked-transformer.ts'
import { rgbFromPlanar } from '../../models/runtime/planar-image.ts'
import type { TokenGrid, VqTokenizer } from '../../models/runtime/vq-tokenizer.ts'
import type { RgbRaster } from '../api/inference.ts'
import type { ReadyPack } from './pack-cache.ts'

/** Decodes for previews may take this share of the time, so that a run is hardly slower for being watched. */
const DECODE_SHARE = 0.15

/** What a candidate's last decoded preview showed. */
interface Decoded {
  readonly raster: RgbRaster
  readonly tokens: Int32Array
  readonly at: number
}

/**
 * Pictures of forming candidates at one stage: at every step a colour per token, which costs nothing; now and then a real decode. After
 * a decode, cells whose token did not change keep their decoded pixels and only the others are painted over.
 */
export class PreviewPainter {
  private readonly tokenizer: VqTokenizer
  /** [codebookSize × 3] */
  private readonly colors: Uint8Array
  private readonly decoded = new Map<number, Decoded>()
  private readonly now: () => number
  private decodeMs: number
  private lastDecodeAt: number

  /**
   * @param stage  of the pack: whose tokens are painted.
   * @param tokenCount  of its token canvas: decoding it is expected to take as much longer as it is larger.
   */
  constructor({ stages, pack, previews }: ReadyPack, stage: number, tokenCount: number, now = () => performance.now()) {
    const { rows, columns } = pack.stages[stage]!.grids
    const { codebookColors, decodeMs } = previews[stage]!
    this.tokenizer = stages[stage]!.tokenizer
    this.colors = Uint8Array.from(codebookColors, (value) => Math.round(value * 255))
    this.decodeMs = decodeMs * Math.max(1, tokenCount / (rows * columns))
    this.now = now
    this.lastDecodeAt = now()
  }

  /** One pixel per token; at full size where the candidate has been decoded before. */
  paint(candidate: number, { rows, columns, tokens }: TokenGrid): RgbRaster {
    const colorOf = this.colorTable(tokens)
    const before = this.decoded.get(candidate)
    if (before === undefined) return { width: columns, height: rows, data: paintCells(tokens, colorOf) }
    const data = before.raster.data.slice()
    const cell = before.raster.width / columns
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i] === before.tokens[i]) continue
      fillCell(data, before.raster.width, (i % columns) * cell, Math.floor(i / columns) * cell, cell, colorOf(tokens[i]!))
    }
    return { ...before.raster, data }
  }

  /** Decodes the candidate if there is time for it and it is its turn; else undefined. */
  async refine(candidate: number, candidateCount: number, grid: TokenGrid): Promise<RgbRaster | undefined> {
    const hasTime = this.decodeMs <= DECODE_SHARE * (this.now() - this.lastDecodeAt)
    if (!hasTime || !this.isLongestWithout(candidate, candidateCount)) return undefined
    const started = this.now()
    const image = await this.tokenizer.tokensToImage(this.fillUnseen(grid))
    this.lastDecodeAt = this.now()
    this.decodeMs = this.lastDecodeAt - started
    const raster = { width: image.width, height: image.height, data: rgbFromPlanar(image) }
    this.decoded.set(candidate, { raster, tokens: grid.tokens.slice(), at: this.lastDecodeAt })
    return raster
  }

  private isLongestWithout(candidate: number, candidateCount: number): boolean {
    const decodedAt = (index: number) => this.decoded.get(index)?.at ?? -Infinity
    return Array.from({ length: candidateCount }, (_, i) => i).every((i) => decodedAt(candidate) <= decodedAt(i))
  }

  /** The colour of a token; of a cell that no pass has looked at yet, the mean of the others. */
  private colorTable(tokens: Int32Array): (token: number) => Uint8Array {
    const seen = tokens.filter((token) => token !== MASK_TOKEN)
    const mean = Uint8Array.from([0, 1, 2], (channel) =>
      seen.length === 0 ? 128 : seen.reduce((sum, token) => sum + this.colors[token * 3 + channel]!, 0) / seen.length,
    )
    return (token) => (token === MASK_TOKEN ? mean : this.colors.subarray(token * 3, token * 3 + 3))
  }

  /** The decoder takes no masks: cells not looked at yet get the code whose colour is nearest to the mean. */
  private fillUnseen({ rows, columns, tokens }: TokenGrid): TokenGrid {
    if (!tokens.includes(MASK_TOKEN)) return { rows, columns, tokens }
    const mean = this.colorTable(tokens)(MASK_TOKEN)
    let nearest = 0
    let nearestDistance = Infinity
    for (let code = 0; code * 3 < this.colors.length; code++) {
      const distance = mean.reduce((sum, value, channel) => sum + (value - this.colors[code * 3 + channel]!) ** 2, 0)
      if (distance < nearestDistance) [nearest, nearestDistance] = [code, distance]
    }
    return { rows, columns, tokens: tokens.map((token) => (token === MASK_TOKEN ? nearest : token)) }
  }
}

function paintCells(tokens: Int32Array, colorOf: (token: number) => Uint8Array): Uint8Array {
  const data = new Uint8Array(tokens.length * 3)
  for (let i = 0; i < tokens.length; i++) data.set(colorOf(tokens[i]!), i * 3)
  return data
}

function fillCell(data: Uint8Array, width: number, left: number, top: number, side: number, color: Uint8Array): void {
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) data.set(color, (y * width + x) * 3)
  }
}
