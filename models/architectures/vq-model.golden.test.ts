import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../electron/inference/onnx-session.ts'
import { GoldenCase, largestDifference } from '../golden/golden.ts'
import type { Session } from '../runtime/session.ts'
import { buildVqDecoder, buildVqEncoder, readVqModelConfig } from './vq-model.ts'

const execution = { provider: 'cpu', precision: 'f32', threadCount: 1, reason: '' } as const

describe.each(['vq_e_plain', 'vq_f_attn_embdim'])('the VQ model %s', (name) => {
  let golden: GoldenCase
  let graphs: Record<'encoder' | 'decoder', Session> & { close(): Promise<void> }

  beforeAll(async () => {
    golden = await GoldenCase.open(name)
    const config = readVqModelConfig(golden.config, name)
    graphs = await golden.openGraphs(
      {
        encoder: (graph, weights) => buildVqEncoder(graph, weights, config),
        decoder: (graph, weights) => buildVqDecoder(graph, weights, config),
      },
      (path) => openOnnxSession(path, execution),
    )
  })
  afterAll(() => graphs.close())

  it.each(['16x24', '17x22'])('turns a picture of %s pixels into the tokens the published class gives', async (size) => {
    const { latents, tokens } = await graphs.encoder.run({ image: golden.tensor(`image_${size}`) })
    expect(largestDifference(latents!.data, golden.tensor(`latents_${size}`).data)).toBeLessThan(1e-4)
    expect(tokens!.dims).toEqual(golden.tensor(`ids_${size}`).dims)
    expect(tokens!.data).toEqual(golden.tensor(`ids_${size}`).data)
  })

  it.each(['16x24', '17x22'])('turns the tokens of %s pixels back into its picture', async (size) => {
    const { image } = await graphs.decoder.run({ tokens: golden.tensor(`ids_${size}`) })
    const expected = golden.floats(`decoded_${size}`)
    expect(image!.dims).toEqual(expected.dims)
    expect(largestDifference(image!.data, expected.data.map((value) => Math.min(1, Math.max(0, value))))).toBeLessThan(1e-4)
  })
})
