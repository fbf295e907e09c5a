import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { JsonObject } from '../checkpoint/open-checkpoint.ts'
import { writeSafetensors, type TensorToWrite } from '../checkpoint/write-safetensors.ts'
import { buildClipText, readClipTextConfig } from '../architectures/clip-text.ts'
import { buildVqDecoder, buildVqEncoder, readVqModelConfig } from '../architectures/vq-model.ts'
import { buildConditioning } from '../families/amused/conditioning-graph.ts'
import { buildStep } from '../families/amused/step-graph.ts'
import { readUVitConfig } from '../families/amused/u-vit-config.ts'
import { buildConditioning as buildMeissonicConditioning } from '../families/meissonic/conditioning-graph.ts'
import { readMeissonicConfig } from '../families/meissonic/meissonic-config.ts'
import { buildStep as buildMeissonicStep } from '../families/meissonic/step-graph.ts'
import type { GraphBuilder } from '../importing/pack-draft.ts'
import { createRandom } from '../sampling/random.ts'
import { listTensors } from './imagined-weights.ts'

/** The published configs, where they differ from the classes' defaults. */
export const publishedAmused = (isLarge: boolean): MadeUpConfigs => ({
  transformer: { _class_name: 'UVit2DModel', sample_size: isLarge ? 32 : 16, downsample: isLarge, upsample: isLarge },
  text_encoder: {
    hidden_size: 768, intermediate_size: 3072, num_hidden_layers: 12, num_attention_heads: 12, max_position_embeddings: 77,
    vocab_size: 49408, projection_dim: 768, layer_norm_eps: 1e-5, hidden_act: 'quick_gelu', eos_token_id: 2,
  },
  vqvae: {
    block_out_channels: [128, 256, 256, 512, 768], layers_per_block: 2, latent_channels: 64, num_vq_embeddings: 8192,
    down_block_types: Array(5).fill('DownEncoderBlock2D'), up_block_types: Array(5).fill('UpDecoderBlock2D'),
    mid_block_add_attention: false,
  },
})

/** The parts of a pipeline whose configs a test may change. */
export type MadeUpConfigs = Readonly<Record<'transformer' | 'text_encoder' | 'vqvae', JsonObject>>

/** aMUSEd in miniature: 4 × 4 pixels a token, a grid of 8 × 8 that the layers see halved. */
export const TINY_AMUSED: MadeUpConfigs = {
  transformer: {
    _class_name: 'UVit2DModel', hidden_size: 32, use_bias: false, cond_embed_dim: 16, micro_cond_encode_dim: 8, micro_cond_embed_dim: 40,
    encoder_hidden_size: 24, vocab_size: 48, codebook_size: 40, in_channels: 24, block_out_channels: 24, num_res_blocks: 1,
    downsample: true, upsample: true, block_num_heads: 3, num_hidden_layers: 2, num_attention_heads: 4, intermediate_size: 48,
    layer_norm_eps: 1e-6, ln_elementwise_affine: true, sample_size: 8,
  },
  text_encoder: {
    architectures: ['CLIPTextModelWithProjection'], hidden_size: 24, intermediate_size: 48, num_hidden_layers: 2, num_attention_heads: 3,
    max_position_embeddings: 16, vocab_size: 300, projection_dim: 16, layer_norm_eps: 1e-5, hidden_act: 'quick_gelu', eos_token_id: 2,
  },
  vqvae: {
    _class_name: 'VQModel', in_channels: 3, out_channels: 3, block_out_channels: [16, 16, 16], layers_per_block: 1, latent_channels: 6,
    down_block_types: Array(3).fill('DownEncoderBlock2D'), up_block_types: Array(3).fill('UpDecoderBlock2D'),
    num_vq_embeddings: 40, norm_num_groups: 8, mid_block_add_attention: false,
  },
}

/** Meissonic in miniature, with the text encoder and VQ model of the other. */
export const TINY_MEISSONIC: MadeUpConfigs = {
  ...TINY_AMUSED,
  transformer: {
    _class_name: 'Transformer2DModel', num_layers: 1, num_single_layers: 1, attention_head_dim: 8, num_attention_heads: 2,
    joint_attention_dim: 24, pooled_projection_dim: 16, axes_dims_rope: [2, 2, 4], vocab_size: 48, codebook_size: 40,
    downsample: true, upsample: true, sample_size: 8,
  },
}

/** Every byte has a token, alone and at the end of a word, so that any text can be read. */
const BYTE_TOKENS = Array.from({ length: 128 }, (_, i) => String.fromCodePoint(i < 95 ? 33 + i : 256 + i))

const TRANSFORMER_BUILDERS: Readonly<Record<string, (config: JsonObject) => readonly GraphBuilder[]>> = {
  UVit2DModel: (config) => {
    const parsed = readUVitConfig(config, 'transformer')
    return [(graph, weights) => buildConditioning(graph, weights, parsed), (graph, weights) => buildStep(graph, weights, parsed)]
  },
  Transformer2DModel: (config) => {
    const parsed = readMeissonicConfig(config, 'transformer')
    return [
      (graph, weights) => buildMeissonicConditioning(graph, weights, parsed),
      (graph, weights) => buildMeissonicStep(graph, weights, parsed),
    ]
  },
}

/** The tensors of a checkpoint with these configs, by part. */
export function listPipelineTensors(configs: MadeUpConfigs): Record<keyof MadeUpConfigs, ReadonlyMap<string, readonly number[]>> {
  const text = readClipTextConfig(configs.text_encoder, 'text_encoder')
  const vq = readVqModelConfig(configs.vqvae, 'vqvae')
  const list = (...builders: GraphBuilder[]) => listTensors(builders)
  return {
    transformer: list(...TRANSFORMER_BUILDERS[configs.transformer['_class_name'] as string]!(configs.transformer)),
    text_encoder: list((graph, weights) => buildClipText(graph, weights, text)),
    vqvae: list((graph, weights) => buildVqEncoder(graph, weights, vq), (graph, weights) => buildVqDecoder(graph, weights, vq)),
  }
}

/** Writes a checkpoint with drawn weights, laid out as published ones are. */
export async function writeMadeUpCheckpoint(folder: string, configs: MadeUpConfigs = TINY_AMUSED): Promise<void> {
  const random = createRandom(5)
  for (const [part, tensors] of Object.entries(listPipelineTensors(configs))) {
    const weightsName = part === 'text_encoder' ? 'model.safetensors' : 'diffusion_pytorch_model.safetensors'
    await mkdir(path.join(folder, part), { recursive: true })
    await writeFile(path.join(folder, part, 'config.json'), JSON.stringify(configs[part as keyof MadeUpConfigs], null, 2))
    const drawn = new Map([...tensors].map(([name, dims]) => [name, drawTensor(name, dims, random)]))
    await writeSafetensors(path.join(folder, part, weightsName), drawn)
  }
  const { vocab_size: vocabularySize = 8256 } = configs.transformer as { vocab_size?: number }
  const endsOfWords = BYTE_TOKENS.map((token) => `${token}</w>`)
  const vocabulary = [...BYTE_TOKENS, ...endsOfWords, '<|startoftext|>', '<|endoftext|>']
  const files = {
    'scheduler/scheduler_config.json': { _class_name: 'AmusedScheduler', mask_token_id: vocabularySize - 1 },
    'tokenizer/vocab.json': Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    'tokenizer/special_tokens_map.json': { bos_token: '<|startoftext|>', eos_token: { content: '<|endoftext|>' }, pad_token: '!' },
    'model_index.json': { _class_name: 'AmusedPipeline' },
  }
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.join(folder, path.dirname(name)), { recursive: true })
    await writeFile(path.join(folder, name), JSON.stringify(content))
  }
  await writeFile(path.join(folder, 'tokenizer/merges.txt'), '#version: 0.2\na t</w>\n')
  await writeFile(path.join(folder, 'README.md'), '---\nlicense: openrail++\n---\n# Made up\n')
}

/** A prime, so that the repetitions do not line up with rows. */
const LONGEST_DRAWN = 65_537

/** Norms about 1, everything else small around 0, so that no layer blows up or dies. */
function drawTensor(name: string, dims: readonly number[], random: () => number): TensorToWrite {
  const count = dims.reduce((product, dim) => product * dim, 1)
  const fanIn = dims.length < 2 ? 1 : count / dims[0]!
  const isScale = /norm.*\.weight$/.test(name)
  const spread = dims.length < 2 ? 0.2 : Math.sqrt(3 / fanIn)
  return {
    type: 'F32', dims,
    bytes: () => {
      // A long tensor repeats its beginning: drawing a billion numbers would take minutes.
      const drawn = Float32Array.from({ length: Math.min(count, LONGEST_DRAWN) }, () => (random() * 2 - 1) * spread + (isScale ? 1 : 0))
      const elements = new Float32Array(count)
      for (let i = 0; i < count; i += drawn.length) elements.set(drawn.subarray(0, count - i), i)
      return new Uint8Array(elements.buffer)
    },
  }
}
