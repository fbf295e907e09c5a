import { describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../electron/inference/onnx-session.ts'
import { GoldenCase, largestDifference } from '../golden/golden.ts'
import { buildClipText, CLIP_TEXT_BUFFERS, readClipTextConfig } from './clip-text.ts'

const execution = { provider: 'cpu', precision: 'f32', threadCount: 1, reason: '' } as const

describe('buildClipText', () => {
  it.each(['clip_g_quickgelu', 'clip_h_gelu'])('gives what the published class gives: %s', async (name) => {
    const golden = await GoldenCase.open(name, 'model.safetensors')
    const config = readClipTextConfig(golden.config, name)
    const graphs = await golden.openGraphs(
      { text: (graph, weights) => buildClipText(graph, weights, config) },
      (path) => openOnnxSession(path, execution),
      CLIP_TEXT_BUFFERS,
    )
    const { hidden, pooled } = await graphs.text.run({ ids: golden.tensor('input_ids') })
    await graphs.close()
    expect(hidden!.dims).toEqual(golden.tensor('hidden_minus2').dims)
    expect(largestDifference(hidden!.data, golden.tensor('hidden_minus2').data)).toBeLessThan(1e-4)
    expect(largestDifference(pooled!.data, golden.tensor('text_embeds').data)).toBeLessThan(1e-4)
  })

  it('pools at the first end of the text where the config names its id', async () => {
    const golden = await GoldenCase.open('clip_g_quickgelu', 'model.safetensors')
    const [legacy, named] = [2, 999].map((eos_token_id) => readClipTextConfig({ ...golden.config, eos_token_id }, 'config.json'))
    const graphs = await golden.openGraphs(
      {
        legacy: (graph, weights) => buildClipText(graph, weights, legacy!),
        named: (graph, weights) => buildClipText(graph, weights, named!),
      },
      (path) => openOnnxSession(path, execution),
    )
    const ids = golden.tensor('input_ids')
    expect((ids.data as BigInt64Array).includes(999n)).toBe(true)
    const pooled = await Promise.all([graphs.legacy, graphs.named].map(async (session) => (await session.run({ ids })).pooled!.data))
    await graphs.close()
    expect(pooled[0]).toEqual(pooled[1])
  })
})
