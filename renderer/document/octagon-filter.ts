import { TILE_SIZE } from '../../electron/api/images.ts'

/** A regular octagon of inradius 1 has corners cut by 2 − √2 = 0.586 of its side: half of it at each diagonal step. */
const CUT_SHARE = 0.293

/**
 * The largest value within an octagon around each pixel: a square, then its corners cut by two diagonal runs. For squares
 * of pixels of one tile and `distance` more on each side.
 *
 * Runs go on over the ends of rows, as memory does, which keeps the loops plain. What is wrong by that, and by the edges of
 * the square, lies less than `distance` from its edge.
 */
export class OctagonFilter {
  readonly #distance: number
  readonly #width: number
  readonly #forward: Uint8Array
  readonly #backward: Uint8Array

  constructor(distance: number) {
    this.#distance = distance
    this.#width = TILE_SIZE + 2 * distance
    this.#forward = new Uint8Array(this.#width ** 2)
    this.#backward = new Uint8Array(this.#width ** 2)
  }

  /** Stops for others between runs. @param pixels  [width × width], width = TILE_SIZE + 2 · distance. Written into. */
  *dilate(pixels: Uint8Array): Generator<void> {
    const width = this.#width
    const cut = this.#distance < 3 ? 0 : Math.round(this.#distance * CUT_SHARE)
    const reach = this.#distance - 2 * cut
    this.#maximize(pixels, reach, 1, 1)
    yield
    this.#maximize(pixels, reach, width, width)
    if (cut === 0) return
    yield
    this.#maximize(pixels, cut, width + 1, width)
    yield
    this.#maximize(pixels, cut, width - 1, width)
  }

  /**
   * Replaces each value by the largest of those up to `reach` steps before and after it. Cost does not depend on `reach`
   * (van Herk 1992, Gil and Werman 1993): maxima that run from both ends of blocks of the window's length.
   *
   * @param step  from one value of a run to the next.
   * @param spread  how many runs lie side by side: a block is so many values wide.
   */
  #maximize(pixels: Uint8Array, reach: number, step: number, spread: number): void {
    const { length } = pixels
    const forward = this.#forward
    const backward = this.#backward
    const block = (2 * reach + 1) * spread
    forward.set(pixels)
    backward.set(pixels)
    for (let start = 0; start < length; start += block) {
      const end = Math.min(length, start + block)
      for (let i = Math.max(start + spread, step); i < end; i++) if (forward[i - step]! > forward[i]!) forward[i] = forward[i - step]!
      for (let i = Math.min(end - spread, length - step) - 1; i >= start; i--) if (backward[i + step]! > backward[i]!) backward[i] = backward[i + step]!
    }
    const offset = reach * step
    for (let i = offset; i < length - offset; i++) {
      const before = backward[i - offset]!
      const after = forward[i + offset]!
      pixels[i] = before > after ? before : after
    }
  }
}
