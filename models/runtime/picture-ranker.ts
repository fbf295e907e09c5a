import type { Conditioning } from './text-encoder.ts'
import type { PlanarImage } from './vq-tokenizer.ts'

/** How well pictures fit words: what candidates are ordered by. */
export interface PictureRanker {
  /** @returns larger fits better; comparable between pictures of one prompt only. */
  score(image: PlanarImage, conditioning: Conditioning): Promise<number>
}
