/** Steps to the eight neighbours, in pixels: what is measured along them is at most 8 % longer than the straight way. */
const ACROSS = 1
const DIAGONALLY = Math.SQRT2

/**
 * The least mask that covers a mask and falls by at most 255 in `band` pixels: a hard edge gets a band that fades out, one that
 * is softer already stays as it is. Canvas and engine use it alike, so that the mask shown is the mask written.
 *
 * @param strengths  [height × width], 0–255.
 * @param band  in pixels; below 2 there is nothing to add.
 */
export function widenMask(strengths: Uint8Array, width: number, band: number): Uint8Array {
  const isEven = strengths.every((strength) => strength === strengths[0])
  if (band < 2 || isEven) return strengths.slice()
  const fall = 255 / band
  const widened = Float32Array.from(strengths)
  const height = strengths.length / width
  const raise = (i: number, neighbour: number, distance: number) => {
    const reached = widened[neighbour]! - distance * fall
    if (reached > widened[i]!) widened[i] = reached
  }
  // From the upper left and back: with two passes every pixel is reached from every other (Borgefors 1986).
  for (let i = 0; i < widened.length; i++) {
    const x = i % width
    if (x > 0) raise(i, i - 1, ACROSS)
    if (i < width) continue
    raise(i, i - width, ACROSS)
    if (x > 0) raise(i, i - width - 1, DIAGONALLY)
    if (x < width - 1) raise(i, i - width + 1, DIAGONALLY)
  }
  for (let i = widened.length - 1; i >= 0; i--) {
    const x = i % width
    if (x < width - 1) raise(i, i + 1, ACROSS)
    if (i >= (height - 1) * width) continue
    raise(i, i + width, ACROSS)
    if (x > 0) raise(i, i + width - 1, DIAGONALLY)
    if (x < width - 1) raise(i, i + width + 1, DIAGONALLY)
  }
  return Uint8Array.from(widened, Math.round)
}
