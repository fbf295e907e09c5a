/**
 * All positions of a token grid in an order whose every run is spread evenly over the grid: the two-dimensional Halton
 * sequence, base 2 down and base 3 across, rounded down to cells, a cell's second visit dropped (Besnier et al. 2025,
 * section 3.2). Two neighbours are rarely near each other in it, so tokens that are predicted together depend little on each other.
 *
 * @returns [rows × columns] positions in row-major counting, each once.
 */
export function lowDiscrepancyOrder(rows: number, columns: number): Uint32Array {
  const order = new Uint32Array(rows * columns)
  const isVisited = new Uint8Array(rows * columns)
  let count = 0
  for (let i = 1; count < order.length; i++) {
    const position = Math.floor(radicalInverse(i, 2) * rows) * columns + Math.floor(radicalInverse(i, 3) * columns)
    if (isVisited[position] === 1) continue
    isVisited[position] = 1
    order[count++] = position
  }
  return order
}

/** The same order begun elsewhere: what differs between the candidates of one job. */
export function shiftOrder(order: Uint32Array, offset: number): Uint32Array {
  const start = offset % order.length
  const shifted = new Uint32Array(order.length)
  shifted.set(order.subarray(start))
  shifted.set(order.subarray(0, start), order.length - start)
  return shifted
}

/**
 * A stretch of an order, [from, to) as shares of it, rounded up at both ends: stretches that follow each other share no
 * element and leave none out, and one that begins at 0 is never empty.
 *
 * A stretch, and not every k-th element: in a sequence of base 2 every second point lies in the same half of the grid.
 */
export function takeStretch(order: Uint32Array, from: number, to: number): Uint32Array {
  return order.subarray(Math.ceil(from * order.length), Math.ceil(to * order.length))
}

/** Mirrors the digits of a whole number behind the point: 6 = 110₂ gives 0.011₂. Below 1. */
function radicalInverse(index: number, base: number): number {
  let [rest, numerator, denominator] = [index, 0, 1]
  while (rest > 0) {
    numerator = numerator * base + (rest % base)
    denominator *= base
    rest = Math.floor(rest / base)
  }
  return numerator / denominator
}
