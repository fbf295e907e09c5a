import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../../electron/inference/onnx-session.ts'
import { encodeSinusoids } from '../../architectures/sinusoid.ts'
import { GoldenCase, largestDifference, pickMember } from '../../golden/golden.ts'
import type { Session } from '../../runtime/session.ts'
import { tensor } from '../../tensor/tensor.ts'
import { buildConditioning } from './conditioning-graph.ts'
import { MICRO_WIDTH, readMeissonicConfig, TIME_WIDTH, type MeissonicConfig } from './meissonic-config.ts'
import { rotaryPositions } from './rotary-positions.ts'
import { buildStep } from './step-graph.ts'

const execution = { provider: 'cpu', precision: 'f32', threadCount: 1, reason: '' } as const

describe.each(['meissonic_a_down', 'meissonic_b_nodown'])('the transformer %s', (name) => {
  let golden: GoldenCase
  let config: MeissonicConfig
  let graphs: Record<'conditioning' | 'step', Session> & { close(): Promise<void> }

  beforeAll(async () => {
    golden = await GoldenCase.open(name)
    config = readMeissonicConfig(golden.config, name)
    graphs = await golden.openGraphs(
      {
        conditioning: (graph, weights) => buildConditioning(graph, weights, config),
        step: (graph, weights) => buildStep(graph, weights, config),
      },
      (path) => openOnnxSession(path, execution),
    )
  })
  afterAll(() => graphs.close())

  async function predict(grid: string, member: number, step: number, weightOf: (word: number) => number = () => 1): Promise<Float32Array> {
    const pick = (tensorName: string) => pickMember(golden.tensor(`${tensorName}_${grid}`), member)
    const micro = encodeSinusoids([...pick('micro').data].map(Number), MICRO_WIDTH)
    const conditioning = await graphs.conditioning.run({
      hidden: pick('enc'), pooled: pick('pooled'), micro: tensor('float32', [1, 5 * MICRO_WIDTH], micro),
    })
    const tokens = pick('ids')
    const [, rows, columns] = tokens.dims as [number, number, number]
    const shrink = config.isGridHalved ? 2 : 1
    const wordCount = pick('enc').dims[1]!
    const { cosines, sines } = rotaryPositions(wordCount, rows / shrink, columns / shrink, config)
    const rotaryDims = [cosines.length / config.headWidth, config.headWidth]
    const { logits } = await graphs.step.run({
      ...conditioning,
      word_weights: tensor('float32', [1, wordCount], Float32Array.from({ length: wordCount }, (_, word) => weightOf(word))),
      tokens,
      positions: tensor('int64', [rows * columns], BigInt64Array.from({ length: rows * columns }, (_, i) => BigInt(i))),
      shares: tensor('float32', [1], Float32Array.of(1)),
      time: tensor('float32', [1, TIME_WIDTH], encodeSinusoids([step * 1000], TIME_WIDTH)),
      cosines: tensor('float32', rotaryDims, cosines),
      sines: tensor('float32', rotaryDims, sines),
    })
    return logits!.data as Float32Array
  }

  function expected(grid: string, member: number, step: number): Float32Array {
    const { dims, data } = pickMember(golden.tensor(`logits_${grid}_step${step}`), member)
    const [, codes, rows, columns] = dims as [number, number, number, number]
    const area = rows * columns
    return Float32Array.from({ length: area * codes }, (_, i) => Number(data[(i % codes) * area + Math.floor(i / codes)]!))
  }

  it.each([['6x6', 0], ['6x6', 11], ['6x6', 63], ['4x8', 0], ['4x8', 11], ['4x8', 63]] as const)(
    'gives the published logits on a grid of %s at step %i', async (grid, step) => {
      for (const member of [0, 1]) {
        expect(largestDifference(await predict(grid, member, step), expected(grid, member, step))).toBeLessThan(1e-4)
      }
    },
  )

  it('heeds how much a word counts', async () => {
    const [plain, weighted] = [await predict('6x6', 0, 0), await predict('6x6', 0, 0, (word) => (word === 2 ? 1.5 : 1))]
    expect(largestDifference(plain, weighted)).toBeGreaterThan(1e-4)
  })
})
