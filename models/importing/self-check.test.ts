import { describe, expect, it } from 'vitest'
import type { LoadedPack } from '../families/family.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { tensor } from '../tensor/tensor.ts'
import type { Pack } from './pack.ts'
import { checkLoadedPack } from './self-check.ts'

/** A pack of one token per pixel and four codes, whose graphs are replaced by plain functions. */
function packWith(parts: { logit?: () => number; pixel?: () => number; tokenOf?: () => number; text?: () => number }): LoadedPack {
  const { logit = () => 0.5, pixel = () => 0.25, tokenOf = () => 1, text = () => 0 } = parts
  const stage = {
    downsampleFactor: 1, codebookSize: 4, maskToken: 4, grids: { kind: 'fixed', rows: 2, columns: 3 },
    vqEncoder: 'encoder', vqDecoder: 'decoder', transformer: 'transformer',
  } as const
  return {
    pack: { stages: [stage], textEncoder: { graph: 'text' } } as unknown as Pack,
    textEncoder: { encode: async () => ({ tensors: { text: tensor('float32', [1], Float32Array.of(text())) } }) },
    stages: [{
      transformer: { codebookSize: 4, predict: async ({ tokens }: TokenGrid) => Float32Array.from({ length: tokens.length * 4 }, logit) },
      tokenizer: {
        downsampleFactor: 1, codebookSize: 4,
        tokensToImage: async ({ rows, columns }) => ({ width: columns, height: rows, data: Float32Array.from({ length: 3 * rows * columns }, pixel) }),
        imageToTokens: async ({ width, height }) => ({ rows: height, columns: width, tokens: Int32Array.from({ length: width * height }, tokenOf) }),
        codebookColors: async () => new Float32Array(12),
      },
    }],
  }
}

describe('checkLoadedPack', () => {
  it('is content with graphs that give the same numbers twice', async () => {
    await expect(checkLoadedPack(packWith({}))).resolves.toBeUndefined()
  })

  let count = 0
  it.each<[string, Parameters<typeof packWith>[0], string]>([
    ['logits that are no numbers', { logit: () => NaN }, 'transformer'],
    ['logits that differ from run to run', { logit: () => count++ }, 'transformer'],
    ['infinite pixels', { pixel: () => Infinity }, 'decoder'],
    ['tokens beyond the codebook', { tokenOf: () => 4 }, 'encoder'],
    ['a text encoder that gives no numbers', { text: () => NaN }, 'text'],
  ])('names the graph with %s', async (_, parts, graph) => {
    await expect(checkLoadedPack(packWith(parts))).rejects.toMatchObject({ problem: 'graph-unreadable', file: graph })
  })
})
