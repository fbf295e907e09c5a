import { z } from 'zod'
import { checkConfig, parseConfig, size } from '../../architectures/parse-config.ts'
import type { JsonObject } from '../../checkpoint/open-checkpoint.ts'

/** The transformer of Meissonic (`Transformer2DModel` of its own code). Absent keys have the class's defaults. */
const meissonicSchema = z.object({
  patch_size: z.literal(1).default(1),
  num_layers: size().default(19),
  num_single_layers: size().default(38),
  attention_head_dim: size().default(128),
  num_attention_heads: size().default(24),
  joint_attention_dim: size().default(4096),
  pooled_projection_dim: size().default(768),
  guidance_embeds: z.boolean().default(false),
  axes_dims_rope: z.tuple([size(), size(), size()]).default([16, 56, 56]),
  vocab_size: size().default(8256),
  codebook_size: size().default(8192),
  downsample: z.boolean().default(false),
  upsample: z.boolean().default(false),
  sample_size: size().optional(),
})

export interface MeissonicConfig {
  readonly doubleBlockCount: number
  readonly singleBlockCount: number
  readonly headCount: number
  readonly headWidth: number
  /** headCount · headWidth */
  readonly width: number
  readonly textWidth: number
  readonly pooledWidth: number
  /** Channels of a head that turn with the text position, the row and the column. */
  readonly rotaryWidths: readonly [number, number, number]
  readonly vocabularySize: number
  readonly codebookSize: number
  readonly isGridHalved: boolean
  /** Side of the token grid it was trained on. */
  readonly gridSide: number
}

/** Fixed in the class. */
export const EPSILON = 1e-6
export const MICRO_WIDTH = 256
export const TIME_WIDTH = 256

/** @throws {CheckpointError} */
export function readMeissonicConfig(config: JsonObject, name: string): MeissonicConfig {
  const c = parseConfig(meissonicSchema, config, name)
  const width = c.num_attention_heads * c.attention_head_dim
  checkConfig(name, [
    [!c.guidance_embeds, 'guidance_embeds is set, and no published model has them'],
    [c.downsample === c.upsample, 'one of downsample and upsample is set without the other'],
    [width === c.pooled_projection_dim, `pooled_projection_dim is ${c.pooled_projection_dim}, the layers are ${width} wide`],
    [c.axes_dims_rope.every((axis) => axis % 2 === 0), `axes_dims_rope is ${c.axes_dims_rope.join()}, not pairs of channels`],
    [c.axes_dims_rope.reduce((a, b) => a + b) === c.attention_head_dim, `axes_dims_rope does not fill heads of ${c.attention_head_dim}`],
    [c.codebook_size < c.vocab_size, 'vocab_size leaves no id for the mask token'],
  ])
  return {
    doubleBlockCount: c.num_layers,
    singleBlockCount: c.num_single_layers,
    headCount: c.num_attention_heads,
    headWidth: c.attention_head_dim,
    width,
    textWidth: c.joint_attention_dim,
    pooledWidth: c.pooled_projection_dim,
    rotaryWidths: c.axes_dims_rope,
    vocabularySize: c.vocab_size,
    codebookSize: c.codebook_size,
    isGridHalved: c.downsample,
    // The published configs do not say it: 1024 pixels where the grid is halved (Meissonic), 512 where not (Monetico).
    gridSide: c.sample_size ?? (c.downsample ? 64 : 32),
  }
}
