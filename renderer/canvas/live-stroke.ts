import type { PixelRect } from '../../electron/api/geometry.ts'
import { unionRects } from '../../electron/api/geometry.ts'
import type { DocumentCommand } from '../document/commands/commands.ts'
import { type MaskBrush, MaskStroke } from '../document/mask-brush.ts'
import type { MaskTiles } from '../document/mask-tiles.ts'
import { encodeStroke, type StrokePoint } from '../document/stroke-points.ts'

/** A stroke while the pointer is down: drawn as it goes, logged once. */
export class LiveStroke {
  readonly brush: MaskBrush
  readonly #stroke: MaskStroke
  readonly #points: StrokePoint[] = []
  #writtenRect: PixelRect | undefined

  constructor(base: MaskTiles, bounds: PixelRect, brush: MaskBrush) {
    this.brush = brush
    this.#stroke = new MaskStroke(base, bounds, brush)
  }

  get tiles(): MaskTiles {
    return this.#stroke.tiles
  }

  add(point: StrokePoint): void {
    this.#points.push(point)
    const written = this.#stroke.add(point)
    if (written !== undefined) {
      this.#writtenRect = this.#writtenRect === undefined ? written : unionRects(this.#writtenRect, written)
    }
  }

  /** Where pixels changed since the last call. */
  takeWrittenRect(): PixelRect | undefined {
    const written = this.#writtenRect
    this.#writtenRect = undefined
    return written
  }

  finish(): { command: DocumentCommand; tiles: MaskTiles } {
    return {
      command: { type: 'paint-mask', ...this.brush, stroke: encodeStroke(this.#points) },
      tiles: this.#stroke.finish(),
    }
  }
}
