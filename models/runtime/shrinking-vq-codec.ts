import type { VqCodec } from './vq-codec.ts'
import type { PlanarImage } from './vq-tokenizer.ts'

/**
 * A codec whose graphs see the picture `factor` times smaller: the coarse stage of a cascade with the graphs of the fine
 * one. Pictures are made smaller by means of their pixels, as in training, and larger by repeating them: previews only.
 */
export function shrinkingVqCodec(codec: VqCodec, factor: number): VqCodec {
  if (factor === 1) return codec
  return {
    downsampleFactor: codec.downsampleFactor * factor,
    codebookSize: codec.codebookSize,
    encode: (image) => codec.encode(shrinkImage(image, factor)),
    decode: async (grid) => enlargeImage(await codec.decode(grid), factor),
  }
}

/** The mean of each square of `factor` × `factor` pixels. The sides are multiples of it. */
function shrinkImage({ width, height, data }: PlanarImage, factor: number): PlanarImage {
  const small = { width: width / factor, height: height / factor, data: new Float32Array(data.length / factor ** 2) }
  for (let i = 0; i < data.length; i++) {
    const row = Math.floor(i / width)
    const to = Math.floor(row / factor) * small.width + Math.floor((i % width) / factor)
    small.data[to]! += data[i]! / factor ** 2
  }
  return small
}

function enlargeImage({ width, height, data }: PlanarImage, factor: number): PlanarImage {
  const large = { width: width * factor, height: height * factor, data: new Float32Array(data.length * factor ** 2) }
  for (let i = 0; i < large.data.length; i++) {
    const row = Math.floor(i / large.width)
    large.data[i] = data[Math.floor(row / factor) * width + Math.floor((i % large.width) / factor)]!
  }
  return large
}
