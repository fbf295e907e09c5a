import type { PlanarImage, TokenGrid } from './vq-tokenizer.ts'

/**
 * The two graphs of a VQ tokenizer as a family feeds them, for grids the graphs take as they are. Larger pictures are
 * cut into such grids by windowed-vq-tokenizer.ts.
 */
export interface VqCodec {
  readonly downsampleFactor: number
  readonly codebookSize: number
  encode(image: PlanarImage): Promise<TokenGrid>
  /** @param grid  holds no MASK_TOKEN. */
  decode(grid: TokenGrid): Promise<PlanarImage>
}
