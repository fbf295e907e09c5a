import type { VqTokenizer } from '../runtime/vq-tokenizer.ts'
import { createRandom } from '../sampling/random.ts'

/** Side of the grid of drawn codes that is looked at: 256 colours for a few dozen unknowns, at the cost of one decode of 256 pixels. */
const GRID_SIDE = 16

/** Added to the diagonal, in units of its mean: keeps directions the drawn codes hardly differ in from growing. */
const RIDGE = 1e-3

/**
 * The colour of every code as a linear function of its vector, fitted to how drawn codes look when decoded. A VQ decoder
 * is close to linear in the mean colour of a cell; looking at each of 8192 codes would take minutes.
 *
 * @param codes  [codebookSize × codeWidth], the codebook.
 * @returns [codebookSize × 3], RGB in [0, 1].
 */
export async function fitCodebookColors(
  tokenizer: Pick<VqTokenizer, 'codebookSize' | 'downsampleFactor' | 'tokensToImage'>,
  codes: Float32Array,
): Promise<Float32Array> {
  const { codebookSize, downsampleFactor } = tokenizer
  const width = codes.length / codebookSize
  const random = createRandom(1)
  const tokens = Int32Array.from({ length: GRID_SIDE ** 2 }, () => Math.floor(random() * codebookSize))
  const image = await tokenizer.tokensToImage({ rows: GRID_SIDE, columns: GRID_SIDE, tokens })

  const featuresOf = (token: number) => [1, ...codes.subarray(token * width, (token + 1) * width)]
  const rows = Array.from(tokens, featuresOf)
  const solutions = [0, 1, 2].map((channel) => {
    const plane = image.data.subarray(channel * image.width * image.height, (channel + 1) * image.width * image.height)
    return solveLeastSquares(rows, rows.map((_, cell) => meanOfCell(plane, image.width, cell, downsampleFactor)))
  })
  const colors = new Float32Array(codebookSize * 3)
  for (let token = 0; token < codebookSize; token++) {
    const features = featuresOf(token)
    for (const [channel, solution] of solutions.entries()) {
      colors[token * 3 + channel] = Math.min(1, Math.max(0, dot(features, solution)))
    }
  }
  return colors
}

function meanOfCell(plane: Float32Array, imageWidth: number, cell: number, side: number): number {
  const left = (cell % GRID_SIDE) * side
  const top = Math.floor(cell / GRID_SIDE) * side
  let total = 0
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) total += plane[y * imageWidth + x]!
  }
  return total / side ** 2
}

/** The x with the least Σ (row · x − target)², slightly drawn to 0. By Cholesky's factors of the normal equations. */
function solveLeastSquares(rows: readonly number[][], targets: readonly number[]): number[] {
  const size = rows[0]!.length
  const indices = Array.from({ length: size }, (_, i) => i)
  const normal = indices.map((i) => indices.map((j) => rows.reduce((total, row) => total + row[i]! * row[j]!, 0)))
  const right = indices.map((i) => rows.reduce((total, row, n) => total + row[i]! * targets[n]!, 0))
  const ridge = RIDGE * indices.reduce((total, i) => total + normal[i]![i]!, 0) / size
  // The first feature is the constant, which nothing draws to 0.
  for (const i of indices.slice(1)) normal[i]![i]! += ridge

  const lower: number[][] = []
  for (const i of indices) {
    const row: number[] = []
    lower.push(row)
    for (let j = 0; j <= i; j++) {
      const rest = normal[i]![j]! - dot(row, lower[j]!.slice(0, j))
      row.push(i === j ? Math.sqrt(rest) : rest / lower[j]![j]!)
    }
  }
  const forward: number[] = []
  for (const i of indices) forward.push((right[i]! - dot(forward, lower[i]!)) / lower[i]![i]!)
  const solution = new Array<number>(size).fill(0)
  for (const i of indices.toReversed()) {
    const known = indices.slice(i + 1).reduce((total, j) => total + lower[j]![i]! * solution[j]!, 0)
    solution[i] = (forward[i]! - known) / lower[i]![i]!
  }
  return solution
}

/** Over the shorter of the two. */
function dot(a: readonly number[], b: readonly number[]): number {
  let total = 0
  for (let i = 0; i < Math.min(a.length, b.length); i++) total += a[i]! * b[i]!
  return total
}
