import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { goldenFile } from './golden.ts'
import { listPipelineTensors, publishedAmused } from './made-up-checkpoint.ts'

async function readList(name: string): Promise<Record<string, number[]>> {
  const lines = (await readFile(goldenFile(name), 'utf8')).trim().split('\n').map((line) => line.split('\t'))
  return Object.fromEntries(lines.map(([tensor, dims]) => [tensor!, JSON.parse(dims!) as number[]]))
}

describe('the graphs of a published config take exactly the published tensors', () => {
  it.each([['256', false], ['512', true]])('aMUSEd %s, transformer', async (size, isLarge) => {
    const { transformer } = listPipelineTensors(publishedAmused(isLarge))
    expect(Object.fromEntries(transformer)).toEqual(await readList(`tensors_amused${size}.txt`))
  })

  it('Meissonic, transformer', async () => {
    const transformer = {
      _class_name: 'Transformer2DModel', num_layers: 14, num_single_layers: 28, attention_head_dim: 128, num_attention_heads: 8,
      joint_attention_dim: 1024, pooled_projection_dim: 1024, axes_dims_rope: [16, 56, 56], downsample: true, upsample: true,
    }
    const listed = listPipelineTensors({ ...publishedAmused(true), transformer })
    expect(Object.fromEntries(listed.transformer)).toEqual(await readList('tensors_meissonic.txt'))
  })

  it('aMUSEd, VQ model', async () => {
    expect(Object.fromEntries(listPipelineTensors(publishedAmused(true)).vqvae)).toEqual(await readList('tensors_vq.txt'))
  })
})
