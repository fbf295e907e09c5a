import { resizeByMeans } from '../../runtime/planar-image.ts'
import type { PictureRanker } from '../../runtime/picture-ranker.ts'
import type { Session } from '../../runtime/session.ts'
import { tensor } from '../../tensor/tensor.ts'
import type { GraphFace } from '../open-graph.ts'

export const RANKER_FACE: GraphFace = { inputs: ['image', 'text', 'mask'], outputs: ['score'] }

/** The tower halves the picture three times and its cells once more: sides are multiples of it. */
const SIDE_STEP = 16

/** @param imageSize  pixels of the longer side as the ranker was trained. */
export function museRanker(session: Session, imageSize: number): PictureRanker {
  return {
    async score(image, { tensors: { text, mask } }) {
      const scale = imageSize / Math.max(image.width, image.height)
      const sideOf = (length: number) => Math.max(1, Math.round((length * scale) / SIDE_STEP)) * SIDE_STEP
      const seen = resizeByMeans(image, sideOf(image.width), sideOf(image.height))
      const { score } = await session.run({
        image: tensor('float32', [1, 3, seen.height, seen.width], seen.data),
        text: text!,
        mask: mask!,
      })
      return Number(score!.data[0])
    },
  }
}
