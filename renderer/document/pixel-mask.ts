import { type MaskTiles, NO_TILES } from './mask-tiles.ts'

/**
 * Of a long run drawn at once, every 16th mask is kept besides the last 16: enough to undo without a pause, few enough that
 * opening a document of a thousand strokes does not hold a thousand masks.
 */
const CHECKPOINT_INTERVAL = 16

type MaskEdit = (tiles: MaskTiles) => MaskTiles

/**
 * The pixel mask after one command. It is drawn when somebody first looks at it, from the nearest earlier mask that is
 * drawn, so replaying a log costs nothing for masks that were cleared since. Two masks are the same command's
 * exactly when they are the same object.
 */
export class PixelMask {
  readonly #parent: PixelMask | null
  readonly #edit: MaskEdit
  #tiles: MaskTiles | null

  private constructor(parent: PixelMask | null, edit: MaskEdit, tiles: MaskTiles | null) {
    this.#parent = parent
    this.#edit = edit
    this.#tiles = tiles
  }

  static readonly EMPTY = new PixelMask(null, () => NO_TILES, NO_TILES)

  /** A mask that does not depend on an earlier one, such as a loaded file. */
  static from(load: () => MaskTiles): PixelMask {
    return new PixelMask(null, load, null)
  }

  /** The mask after a further edit. `edit` is pure: it may run again after `forget`. */
  then(edit: MaskEdit): PixelMask {
    return new PixelMask(this, edit, null)
  }

  get tiles(): MaskTiles {
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
      tiles = mask.#edit(tiles)
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
