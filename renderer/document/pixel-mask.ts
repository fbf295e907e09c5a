import { type MaskTiles, NO_TILES } from './mask-tiles.ts'
import { finishAtOnce, type Pieces } from './pieces.ts'

/**
 * Of a long run drawn at once, every 16th mask is kept besides the last 16: enough to undo without a pause, few enough that
 * opening a document of a thousand strokes does not hold a thousand masks.
 */
const CHECKPOINT_INTERVAL = 16

type MaskEdit = (tiles: MaskTiles) => MaskTiles
type LongMaskEdit = (tiles: MaskTiles) => Pieces<MaskTiles>

/**
 * The pixel mask after one command. It is drawn when somebody first looks at it, from the nearest earlier mask that is
 * drawn, so replaying a log costs nothing for masks that were cleared since. Two masks are the same command's
 * exactly when they are the same object.
 */
export class PixelMask {
  readonly #parent: PixelMask | null
  readonly #edit: LongMaskEdit
  #tiles: MaskTiles | null
  /** Whether drawing it again would be noticed, so that it had better be stored. */
  readonly isLong: boolean

  private constructor(parent: PixelMask | null, edit: LongMaskEdit, tiles: MaskTiles | null, isLong = false) {
    this.#parent = parent
    this.#edit = edit
    this.#tiles = tiles
    this.isLong = isLong
  }

  static readonly EMPTY = new PixelMask(null, inOnePiece(() => NO_TILES), NO_TILES)

  /** A mask that does not depend on an earlier one, such as a loaded file. */
  static from(load: () => MaskTiles): PixelMask {
    return new PixelMask(null, inOnePiece(load), null)
  }

  /** The mask after a further edit. `edit` is pure: it may run again after `forget`. */
  then(edit: MaskEdit): PixelMask {
    return new PixelMask(this, inOnePiece(edit), null)
  }

  /** The same for an edit that may take longer than a frame. @param isLong  far longer, where the mask is large. */
  thenInPieces(edit: LongMaskEdit, isLong: boolean): PixelMask {
    return new PixelMask(this, edit, null, isLong)
  }

  get tiles(): MaskTiles {
    return this.#tiles ?? finishAtOnce(this.draw())
  }

  /** Draws it where it is not drawn yet. */
  *draw(): Pieces<MaskTiles> {
    if (this.#tiles !== null) return this.#tiles
    // Not recursive: a document may have ten thousand strokes in a row.
    const undrawn: PixelMask[] = [this]
    let base = this.#parent
    while (base !== null && base.#tiles === null) {
      undrawn.push(base)
      base = base.#parent
    }
    let tiles = (base === null ? null : base.#tiles) ?? NO_TILES
    for (let i = undrawn.length - 1; i >= 0; i--) {
      const mask = undrawn[i]
      if (mask === undefined) continue
      const pieces = mask.#edit(tiles)
      let next = pieces.next()
      for (; !next.done; next = pieces.next()) yield (undrawn.length - 1 - i + next.value) / undrawn.length
      tiles = next.value
      yield (undrawn.length - i) / undrawn.length
      if (i % CHECKPOINT_INTERVAL === 0 || i < CHECKPOINT_INTERVAL) mask.#tiles = tiles
    }
    return tiles
  }

  get isDrawn(): boolean {
    return this.#tiles !== null
  }

  get isEmpty(): boolean {
    return this.tiles.size === 0
  }

  /** This mask and those it was made from, newest first, back to one that depends on nothing. */
  *lineage(): Generator<PixelMask> {
    for (let mask: PixelMask | null = this; mask !== null; mask = mask.#parent) yield mask
  }

  /** Takes tiles already drawn by the same edit, such as a live stroke's, so that they are not drawn twice. */
  adopt(tiles: MaskTiles): void {
    this.#tiles = tiles
  }

  /** Gives the tiles' memory back; they are drawn again when needed. */
  forget(): void {
    if (this !== PixelMask.EMPTY) this.#tiles = null
  }
}

function inOnePiece(edit: MaskEdit): LongMaskEdit {
  return function* (tiles) {
    return edit(tiles)
  }
}
