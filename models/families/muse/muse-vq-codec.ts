import type { PackStage } from '../../importing/pack.ts'
import { shrinkingVqCodec } from '../../runtime/shrinking-vq-codec.ts'
import type { Session } from '../../runtime/session.ts'
import type { VqCodec } from '../../runtime/vq-codec.ts'
import { tensor } from '../../tensor/tensor.ts'
import type { GraphFace } from '../open-graph.ts'
import { tokenDims, type TokenShape } from './muse-settings.ts'

export const VQ_ENCODER_FACE: GraphFace = { inputs: ['image'], outputs: ['tokens'] }
export const VQ_DECODER_FACE: GraphFace = { inputs: ['tokens'], outputs: ['image'] }

/** Encoder: `image` [1 × 3 × height × width] in [0, 1] → `tokens`. Decoder: the way back. */
export function museVqCodec(
  encoder: Session,
  decoder: Session,
  { downsampleFactor: stageFactor, pictureShrink = 1, codebookSize }: PackStage,
  tokenShape: TokenShape,
): VqCodec {
  const downsampleFactor = stageFactor / pictureShrink
  const codec: VqCodec = {
    downsampleFactor,
    codebookSize,

    async encode({ width, height, data }) {
      const { tokens } = await encoder.run({ image: tensor('float32', [1, 3, height, width], data) })
      if (tokens?.type !== 'int64') throw new TypeError(`tokens are ${tokens?.type}, not int64`)
      return { rows: height / downsampleFactor, columns: width / downsampleFactor, tokens: Int32Array.from(tokens.data, Number) }
    },

    async decode({ rows, columns, tokens }) {
      const { image } = await decoder.run({
        tokens: tensor('int64', [1, ...tokenDims(tokenShape, { rows, columns })], BigInt64Array.from(tokens, BigInt)),
      })
      if (image?.type !== 'float32') throw new TypeError(`the image is ${image?.type}, not float32`)
      return { width: columns * downsampleFactor, height: rows * downsampleFactor, data: image.data }
    },
  }
  return shrinkingVqCodec(codec, pictureShrink)
}
