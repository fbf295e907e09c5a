import { PackError } from '../importing/pack-error.ts'
import type { PackStage } from '../importing/pack.ts'
import type { Session } from '../runtime/session.ts'
import type { VqCodec } from '../runtime/vq-codec.ts'
import { tensor } from '../tensor/tensor.ts'
import type { GraphFace } from '../families/open-graph.ts'

export const VQ_ENCODER_FACE: GraphFace = { inputs: ['image'], outputs: ['tokens'] }
export const VQ_DECODER_FACE: GraphFace = { inputs: ['tokens'], outputs: ['image'] }

/** The graphs of vq-model.ts, for one picture at a time. */
export function vqModelCodec(
  encoder: Session,
  decoder: Session,
  { downsampleFactor, codebookSize, vqEncoder, vqDecoder }: PackStage,
): VqCodec {
  return {
    downsampleFactor,
    codebookSize,

    async encode({ width, height, data }) {
      const { tokens } = await encoder.run({ image: tensor('float32', [1, 3, height, width], data) })
      if (tokens?.type !== 'int64') throw new PackError('graph-unreadable', vqEncoder, `tokens are ${tokens?.type}`)
      return { rows: height / downsampleFactor, columns: width / downsampleFactor, tokens: Int32Array.from(tokens.data, Number) }
    },

    async decode({ rows, columns, tokens }) {
      const { image } = await decoder.run({ tokens: tensor('int64', [1, rows, columns], BigInt64Array.from(tokens, BigInt)) })
      if (image?.type !== 'float32') throw new PackError('graph-unreadable', vqDecoder, `the image is ${image?.type}`)
      return { width: columns * downsampleFactor, height: rows * downsampleFactor, data: image.data }
    },
  }
}
