import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { goldenFile } from './golden.ts'
import { listAmusedTensors, type MadeUpConfigs } from './made-up-checkpoint.ts'

/** The published configs, where they differ from the classes' defaults. */
const PUBLISHED = (isLarge: boolean): MadeUpConfigs => ({
  transformer: { sample_size: isLarge ? 32 : 16, downsample: isLarge, upsample: isLarge },
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

async function readList(name: string): Promise<Record<string, number[]>> {
  const lines = (await readFile(goldenFile(name), 'utf8')).trim().split('\n').map((line) => line.split('\t'))
  return Object.fromEntries(lines.map(([tensor, dims]) => [tensor!, JSON.parse(dims!) as number[]]))
}

describe('the graphs of a published config take exactly the published tensors', () => {
  it.each([['256', false], ['512', true]])('aMUSEd %s, transformer', async (size, isLarge) => {
    const { transformer } = listAmusedTensors(PUBLISHED(isLarge))
    expect(Object.fromEntries(transformer)).toEqual(await readList(`tensors_amused${size}.txt`))
  })

  it('aMUSEd, VQ model', async () => {
    expect(Object.fromEntries(listAmusedTensors(PUBLISHED(true)).vqvae)).toEqual(await readList('tensors_vq.txt'))
  })
})
