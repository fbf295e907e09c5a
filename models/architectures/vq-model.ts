import { z } from 'zod'
import { add, argMin, clip, multiply, subtract, sum } from '../onnx/arithmetic.ts'
import { channelsFirst, channelsLast, doublePixels, gather, reshape, transpose } from '../onnx/arrangement.ts'
import { product } from '../onnx/dims.ts'
import type { Graph, Value } from '../onnx/graph.ts'
import type { GraphWeights } from '../onnx/graph-weights.ts'
import { attend, convolveDoubled, groupNorm, silu } from '../onnx/layers.ts'
import { convolve, matMul, type Convolution } from '../onnx/products.ts'
import type { JsonObject } from '../checkpoint/open-checkpoint.ts'
import { checkConfig, parseConfig, size } from './parse-config.ts'

/** The VQ tokenizer of aMUSEd and its relatives (`VQModel` of diffusers). Absent keys have the class's defaults. */
const vqModelSchema = z.object({
  in_channels: z.literal(3).default(3),
  out_channels: z.literal(3).default(3),
  down_block_types: z.array(z.string()).default(['DownEncoderBlock2D']),
  up_block_types: z.array(z.string()).default(['UpDecoderBlock2D']),
  block_out_channels: z.array(size()).min(1).max(8).default([64]),
  layers_per_block: size().default(1),
  act_fn: z.string().default('silu'),
  latent_channels: size().default(3),
  norm_num_groups: size().default(32),
  num_vq_embeddings: z.number().int().min(2).max(65_535).default(256),
  vq_embed_dim: size().nullish(),
  norm_type: z.string().default('group'),
  mid_block_add_attention: z.boolean().default(true),
})

export interface VqModelConfig {
  /** Of the encoder's blocks, finest first. */
  readonly channels: readonly number[]
  readonly layersPerBlock: number
  readonly latentChannels: number
  readonly groupCount: number
  readonly codebookSize: number
  readonly codeWidth: number
  readonly hasMiddleAttention: boolean
  /** Image pixels per token along a side. */
  readonly downsampleFactor: number
}

/** Of every normalisation of the class. */
const EPSILON = 1e-6

const SAME_SIZE: Convolution = { pads: [1, 1, 1, 1] }

/**
 * Kernels are folded for doubled pictures (convolveDoubled) up to this many channels: at 512 pixels three quarters of the
 * products in question. Those of wider layers would take 130 MB more for the rest.
 */
const WIDEST_FOLDED = 256

/** The class pads only right and bottom where it halves the picture. */
const HALVING: Convolution = { stride: 2, pads: [0, 0, 1, 1] }

/** @throws {CheckpointError} */
export function readVqModelConfig(config: JsonObject, name: string): VqModelConfig {
  const parsed = parseConfig(vqModelSchema, config, name)
  const channels = parsed.block_out_channels
  checkConfig(name, [
    [parsed.act_fn === 'silu', `the activation ${parsed.act_fn}`],
    [parsed.norm_type === 'group', `the normalisation ${parsed.norm_type}`],
    [parsed.down_block_types.every((type) => type === 'DownEncoderBlock2D'), `the blocks ${parsed.down_block_types.join()}`],
    [parsed.up_block_types.every((type) => type === 'UpDecoderBlock2D'), `the blocks ${parsed.up_block_types.join()}`],
    [parsed.down_block_types.length === channels.length, `${channels.length} widths for ${parsed.down_block_types.length} blocks`],
    [parsed.up_block_types.length === channels.length, `${channels.length} widths for ${parsed.up_block_types.length} blocks`],
    [channels.every((count) => count % parsed.norm_num_groups === 0), `${channels.join()} channels in ${parsed.norm_num_groups} groups`],
  ])
  return {
    channels,
    layersPerBlock: parsed.layers_per_block,
    latentChannels: parsed.latent_channels,
    groupCount: parsed.norm_num_groups,
    codebookSize: parsed.num_vq_embeddings,
    codeWidth: parsed.vq_embed_dim ?? parsed.latent_channels,
    hasMiddleAttention: parsed.mid_block_add_attention,
    downsampleFactor: 2 ** (channels.length - 1),
  }
}

/**
 * `image` [batch × 3 × height × width] in [0, 1] → `tokens` int64 [batch × rows × columns], the nearest codes, and
 * `latents` [batch × codeWidth × rows × columns], what was compared with them.
 */
export function buildVqEncoder(graph: Graph, weights: GraphWeights, config: VqModelConfig): void {
  const { channels, layersPerBlock, latentChannels, codeWidth, codebookSize } = config
  const layers = new VqLayers(weights, config)
  let x = layers.convolve(graph.input('image', 'float32', ['batch', 3, 'height', 'width']), 'encoder.conv_in', channels[0]!)
  for (const [i, count] of channels.entries()) {
    const block = `encoder.down_blocks.${i}`
    for (let j = 0; j < layersPerBlock; j++) x = layers.residual(x, `${block}.resnets.${j}`, count)
    if (i < channels.length - 1) x = layers.convolve(x, `${block}.downsamplers.0.conv`, count, HALVING)
  }
  x = layers.convolve(layers.activate(layers.middle(x, 'encoder.mid_block'), 'encoder.conv_norm_out'), 'encoder.conv_out', latentChannels)
  const latents = layers.project(x, 'quant_conv', codeWidth)
  graph.output('latents', latents)

  // The squared distance to a code, less the part that is equal for all codes.
  const codes = weights.get('quantize.embedding.weight', [codebookSize, codeWidth])
  const products = matMul(channelsLast(latents), transpose(codes, [1, 0]))
  const distances = subtract(reshape(sum(multiply(codes, codes), [1]), [codebookSize]), multiply(products, 2))
  graph.output('tokens', argMin(distances, -1))
}

/** `tokens` int64 [batch × rows × columns] → `image` [batch × 3 × height × width] in [0, 1]. */
export function buildVqDecoder(graph: Graph, weights: GraphWeights, config: VqModelConfig): void {
  const { channels, layersPerBlock, latentChannels, codeWidth, codebookSize } = config
  const layers = new VqLayers(weights, config)
  const codes = weights.get('quantize.embedding.weight', [codebookSize, codeWidth])
  const latents = channelsFirst(gather(codes, graph.input('tokens', 'int64', ['batch', 'rows', 'columns']), 0))
  const widest = channels.at(-1)!
  let x = layers.convolve(layers.project(latents, 'post_quant_conv', latentChannels), 'decoder.conv_in', widest)
  x = layers.middle(x, 'decoder.mid_block')
  for (const [i, count] of channels.toReversed().entries()) {
    const block = `decoder.up_blocks.${i}`
    for (let j = 0; j <= layersPerBlock; j++) x = layers.residual(x, `${block}.resnets.${j}`, count)
    if (i < channels.length - 1) x = layers.doubleAndConvolve(x, `${block}.upsamplers.0.conv`, count)
  }
  const image = layers.convolve(layers.activate(x, 'decoder.conv_norm_out'), 'decoder.conv_out', 3)
  graph.output('image', clip(image, 0, 1))
}

/** The layers both halves are made of; images are [batch × channels × rows × columns]. */
class VqLayers {
  readonly #weights: GraphWeights
  readonly #config: VqModelConfig

  constructor(weights: GraphWeights, config: VqModelConfig) {
    this.#weights = weights
    this.#config = config
  }

  /** 3 × 3. */
  convolve(x: Value, name: string, outCount: number, options: Convolution = SAME_SIZE): Value {
    return convolve(x, this.#weights.get(`${name}.weight`, [outCount, channelsOf(x), 3, 3]), this.#bias(name, outCount), options)
  }

  /** 3 × 3 over the picture with every pixel twice, down and across. */
  doubleAndConvolve(x: Value, name: string, outCount: number): Value {
    if (channelsOf(x) > WIDEST_FOLDED) return this.convolve(doublePixels(x), name, outCount)
    return convolveDoubled(x, this.#weights.get(`${name}.weight`, [outCount, channelsOf(x), 3, 3]), this.#bias(name, outCount))
  }

  /** 1 × 1. */
  project(x: Value, name: string, outCount: number): Value {
    return convolve(x, this.#weights.get(`${name}.weight`, [outCount, channelsOf(x), 1, 1]), this.#bias(name, outCount))
  }

  activate(x: Value, normName: string): Value {
    return silu(this.#normalize(x, normName))
  }

  residual(x: Value, name: string, outCount: number): Value {
    const inner = this.convolve(this.activate(x, `${name}.norm1`), `${name}.conv1`, outCount)
    const outer = this.convolve(this.activate(inner, `${name}.norm2`), `${name}.conv2`, outCount)
    return add(channelsOf(x) === outCount ? x : this.project(x, `${name}.conv_shortcut`, outCount), outer)
  }

  middle(x: Value, name: string): Value {
    const count = channelsOf(x)
    const first = this.residual(x, `${name}.resnets.0`, count)
    const attended = this.#config.hasMiddleAttention ? this.#attention(first, `${name}.attentions.0`) : first
    return this.residual(attended, `${name}.resnets.1`, count)
  }

  /** Every pixel looks at all others, in one head. */
  #attention(x: Value, name: string): Value {
    const [batch, count, rows, columns] = x.dims as readonly ['batch', number, string, string]
    const normed = reshape(this.#normalize(x, `${name}.group_norm`), [batch, count, product(rows, columns)])
    const pixels = transpose(normed, [0, 2, 1])
    const linear = (input: Value, part: string) => this.#weights.linear(input, `${name}.${part}`, count, { hasBias: true })
    const queries = multiply(linear(pixels, 'to_q'), count ** -0.5)
    const attended = attend(queries, transpose(linear(pixels, 'to_k'), [0, 2, 1]), linear(pixels, 'to_v'))
    return add(x, reshape(transpose(linear(attended, 'to_out.0'), [0, 2, 1]), x.dims))
  }

  #normalize(x: Value, name: string): Value {
    const count = channelsOf(x)
    const scale = this.#weights.get(`${name}.weight`, [count])
    return groupNorm(x, scale, this.#weights.get(`${name}.bias`, [count]), this.#config.groupCount, EPSILON)
  }

  #bias(name: string, count: number): Value {
    return this.#weights.get(`${name}.bias`, [count])
  }
}

function channelsOf(x: Value): number {
  const count = x.dims[1]
  if (typeof count !== 'number') throw new RangeError(`an image with ${count} channels`)
  return count
}
