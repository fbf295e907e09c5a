import type { VqCodec } from './vq-codec.ts'
import type { PlanarImage } from './vq-tokenizer.ts'

/** Tokens per side of the block that shows one code: its middle then lies a token away from other codes. */
const BLOCK_SIDE = 2

/**
 * Each code's mean colour, found by decoding blocks of it: no table of colours has to come with a pack. A grid shows
 * many codes at once; a codebook of 1024 over 16 × 16 tokens takes 16 decodes.
 *
 * @param grid  a grid the decoder takes, in tokens.
 * @returns [codebookSize × 3], RGB in [0, 1].
 */
export async function computeCodebookColors(
  codec: VqCodec,
  grid: { readonly rows: number; readonly columns: number },
): Promise<Float32Array> {
  const side = Math.min(BLOCK_SIDE, grid.rows, grid.columns)
  const blocksAcross = Math.floor(grid.columns / side)
  const blocksPerGrid = blocksAcross * Math.floor(grid.rows / side)
  const colors = new Float32Array(codec.codebookSize * 3)
  for (let first = 0; first < codec.codebookSize; first += blocksPerGrid) {
    const codeAt = (row: number, column: number) =>
      (first + Math.floor(row / side) * blocksAcross + Math.floor(column / side)) % codec.codebookSize
    const tokens = Int32Array.from({ length: grid.rows * grid.columns }, (_, i) =>
      codeAt(Math.floor(i / grid.columns), i % grid.columns),
    )
    const image = await codec.decode({ ...grid, tokens })
    const blockPixels = side * codec.downsampleFactor
    for (let block = 0; block < blocksPerGrid && first + block < codec.codebookSize; block++) {
      const x = (block % blocksAcross) * blockPixels
      const y = Math.floor(block / blocksAcross) * blockPixels
      colors.set(meanOfMiddle(image, x, y, blockPixels), (first + block) * 3)
    }
  }
  return colors
}

/** The mean colour of the middle half of a square, in each direction. */
function meanOfMiddle({ width, height, data }: PlanarImage, left: number, top: number, side: number): number[] {
  const margin = Math.floor(side / 4)
  const inner = side - 2 * margin
  return [0, 1, 2].map((channel) => {
    let sum = 0
    for (let y = top + margin; y < top + margin + inner; y++) {
      for (let x = left + margin; x < left + margin + inner; x++) sum += data[channel * width * height + y * width + x]!
    }
    return Math.min(1, Math.max(0, sum / (inner * inner)))
  })
}
