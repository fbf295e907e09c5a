import { z } from 'zod'
import type { JsonObject } from '../../checkpoint/open-checkpoint.ts'
import { checkConfig, parseConfig, size } from '../../architectures/parse-config.ts'

/** The transformer of aMUSEd (`UVit2DModel` of diffusers 0.33). Absent keys have the class's defaults. */
const uVitSchema = z.object({
  hidden_size: size().default(1024),
  use_bias: z.boolean().default(false),
  cond_embed_dim: size().default(768),
  micro_cond_encode_dim: size().default(256),
  micro_cond_embed_dim: size().default(1280),
  encoder_hidden_size: size().default(768),
  vocab_size: size().default(8256),
  codebook_size: size().default(8192),
  in_channels: size().default(768),
  block_out_channels: size().default(768),
  num_res_blocks: size().default(3),
  downsample: z.boolean().default(false),
  upsample: z.boolean().default(false),
  block_num_heads: size().default(12),
  num_hidden_layers: size().default(22),
  num_attention_heads: size().default(16),
  intermediate_size: size().default(2816),
  layer_norm_eps: z.number().positive().default(1e-6),
  ln_elementwise_affine: z.boolean().default(true),
  sample_size: size().default(64),
})

export interface UVitConfig {
  readonly hiddenWidth: number
  readonly pooledWidth: number
  /** Numbers each of the micro-conditioning's values is encoded to. */
  readonly microWidth: number
  readonly textWidth: number
  readonly vocabularySize: number
  readonly codebookSize: number
  readonly embeddingWidth: number
  readonly blockWidth: number
  readonly blockCount: number
  readonly blockHeadCount: number
  /** Whether the layers work on a grid of half the sides. */
  readonly isGridHalved: boolean
  readonly layerCount: number
  readonly headCount: number
  readonly feedForwardWidth: number
  readonly epsilon: number
  /** Side of the token grid it was trained on. */
  readonly gridSide: number
}

/** Width and height of the picture, top and left of the crop, aesthetic score. */
export const MICRO_VALUE_COUNT = 5

/** @throws {CheckpointError} */
export function readUVitConfig(config: JsonObject, name: string): UVitConfig {
  const c = parseConfig(uVitSchema, config, name)
  const microTotal = MICRO_VALUE_COUNT * c.micro_cond_encode_dim
  checkConfig(name, [
    [!c.use_bias, 'use_bias is set, and no published model has biases'],
    [c.ln_elementwise_affine, 'ln_elementwise_affine is not set, and every published model has it'],
    [c.downsample === c.upsample, 'one of downsample and upsample is set without the other'],
    [c.micro_cond_encode_dim % 2 === 0, `micro_cond_encode_dim is ${c.micro_cond_encode_dim}, an odd number`],
    [
      c.micro_cond_embed_dim === microTotal,
      `micro_cond_embed_dim is ${c.micro_cond_embed_dim}, but five values of micro_cond_encode_dim make ${microTotal}`,
    ],
    [c.hidden_size % c.num_attention_heads === 0, 'hidden_size is not a multiple of num_attention_heads'],
    [c.block_out_channels % c.block_num_heads === 0, 'block_out_channels is not a multiple of block_num_heads'],
    [c.codebook_size < c.vocab_size, 'vocab_size leaves no id for the mask token'],
    [!c.downsample || c.sample_size % 2 === 0, `sample_size is ${c.sample_size}, which cannot be halved`],
  ])
  return {
    hiddenWidth: c.hidden_size,
    pooledWidth: c.cond_embed_dim,
    microWidth: c.micro_cond_encode_dim,
    textWidth: c.encoder_hidden_size,
    vocabularySize: c.vocab_size,
    codebookSize: c.codebook_size,
    embeddingWidth: c.in_channels,
    blockWidth: c.block_out_channels,
    blockCount: c.num_res_blocks,
    blockHeadCount: c.block_num_heads,
    isGridHalved: c.downsample,
    layerCount: c.num_hidden_layers,
    headCount: c.num_attention_heads,
    feedForwardWidth: c.intermediate_size,
    epsilon: c.layer_norm_eps,
    gridSide: c.sample_size,
  }
}
