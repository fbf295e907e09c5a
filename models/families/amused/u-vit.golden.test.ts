import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../../electron/inference/onnx-session.ts'
import { encodeSinusoids } from '../../architectures/sinusoid.ts'
import { GoldenCase, largestDifference, pickMember } from '../../golden/golden.ts'
import type { Session } from '../../runtime/session.ts'
import { tensor, type Tensor } from '../../tensor/tensor.ts'
import { buildConditioning } from './conditioning-graph.ts'
import { buildStep } from './step-graph.ts'
import { readUVitConfig, type UVitConfig } from './u-vit-config.ts'

const execution = { provider: 'cpu', precision: 'f32', threadCount: 1, reason: '' } as const
const GRIDS = ['6x6', '4x8']

/** The graphs of one golden case, run as the family runs them. */
class OpenedUVit {
  readonly golden: GoldenCase
  readonly config: UVitConfig
  readonly graphs: Record<'conditioning' | 'step', Session> & { close(): Promise<void> }

  private constructor(golden: GoldenCase, config: UVitConfig, graphs: OpenedUVit['graphs']) {
    this.golden = golden
    this.config = config
    this.graphs = graphs
  }

  static async open(name: string, weightsName?: string): Promise<OpenedUVit> {
    const golden = await GoldenCase.open(name, weightsName)
    const config = readUVitConfig(golden.config, name)
    return new OpenedUVit(golden, config, await golden.openGraphs(
      {
        conditioning: (graph, weights) => buildConditioning(graph, weights, config),
        step: (graph, weights) => buildStep(graph, weights, config),
      },
      (path) => openOnnxSession(path, execution),
    ))
  }

  async condition(grid: string, weightOf: (word: number) => number = () => 1): Promise<Record<string, Tensor>> {
    const micro = this.golden.floats(`micro_${grid}`)
    const { microWidth } = this.config
    const [batch, words] = this.golden.tensor(`enc_${grid}`).dims
    return { ...await this.graphs.conditioning.run({
      hidden: this.golden.tensor(`enc_${grid}`),
      pooled: this.golden.tensor(`pooled_${grid}`),
      word_weights: tensor('float32', [batch!, words!], Float32Array.from({ length: batch! * words! }, (_, i) => weightOf(i % words!))),
      micro: tensor('float32', [micro.dims[0]!, 5 * microWidth], encodeSinusoids([...micro.data], microWidth)),
    }) }
  }

  /** Logits of one grid of the batch at all positions: [tokenCount × codebookSize]. */
  async predict(grid: string, member: number, conditioning: Record<string, Tensor>, shares: readonly number[], positions?: number[]) {
    const tokens = pickMember(this.golden.tensor(`ids_${grid}`), member)
    const asked = positions ?? [...tokens.data.keys()]
    const { logits } = await this.graphs.step.run({
      ...conditioning,
      tokens,
      positions: tensor('int64', [asked.length], BigInt64Array.from(asked, BigInt)),
      shares: tensor('float32', [shares.length], Float32Array.from(shares)),
    })
    return logits!.data as Float32Array
  }

  /** The published class's logits in the same order; it gives them as [batch × codebookSize × rows × columns]. */
  expected(grid: string, member: number, name = 'logits'): Float32Array {
    const { dims, data } = pickMember(this.golden.tensor(`${name}_${grid}`), member)
    const [, codes, rows, columns] = dims as [number, number, number, number]
    const area = rows * columns
    return Float32Array.from({ length: area * codes }, (_, i) => Number(data[(i % codes) * area + Math.floor(i / codes)]!))
  }
}

const pick = (conditioning: Record<string, Tensor>, member: number) =>
  Object.fromEntries(Object.entries(conditioning).map(([name, value]) => [name, pickMember(value, member)]))

describe.each(['uvit_a_nodown', 'uvit_b_down', 'uvit_c_nokvmapper', 'uvit_d_minimal'])('the transformer %s', (name) => {
  let opened: OpenedUVit
  beforeAll(async () => {
    opened = await OpenedUVit.open(name)
  })
  afterAll(() => opened.graphs.close())

  it.each(GRIDS)('gives the published logits on a grid of %s', async (grid) => {
    const conditioning = await opened.condition(grid)
    for (const member of [0, 1]) {
      const logits = await opened.predict(grid, member, pick(conditioning, member), [1])
      expect(largestDifference(logits, opened.expected(grid, member))).toBeLessThan(1e-4)
    }
  })

  it('weighs the logits of several conditionings in one run', async () => {
    const conditioning = await opened.condition('6x6')
    const alone = await Promise.all([0, 1].map((member) => opened.predict('6x6', 0, pick(conditioning, member), [1])))
    const guided = await opened.predict('6x6', 0, conditioning, [-2.5, 3.5])
    const expected = alone[0]!.map((value, i) => -2.5 * value + 3.5 * alone[1]![i]!)
    expect(largestDifference(guided, expected)).toBeLessThan(1e-4)
    expect(largestDifference(alone[0]!, alone[1]!)).toBeGreaterThan(1e-3)
  })

  it('heeds how much a word counts', async () => {
    const [plain, weighted] = [await opened.condition('6x6'), await opened.condition('6x6', (word) => (word === 2 ? 1.5 : 1))]
    const logits = await Promise.all([plain, weighted].map((conditioning) => opened.predict('6x6', 0, pick(conditioning, 0), [1])))
    expect(largestDifference(logits[0]!, logits[1]!)).toBeGreaterThan(1e-4)
  })

  it('gives the logits of the positions asked for, in their order', async () => {
    const conditioning = pick(await opened.condition('4x8'), 0)
    const all = await opened.predict('4x8', 0, conditioning, [1])
    const some = await opened.predict('4x8', 0, conditioning, [1], [31, 2, 17])
    const { codebookSize } = opened.config
    const expected = [31, 2, 17].flatMap((position) => [...all.subarray(position * codebookSize, (position + 1) * codebookSize)])
    expect(largestDifference(some, expected)).toBeLessThan(1e-6)
  })
})

describe('weights in half precision', () => {
  it.each(['uvit_a_nodown', 'uvit_b_down'])('give what the published class gives with rounded weights: %s', async (name) => {
    const opened = await OpenedUVit.open(name, 'diffusion_pytorch_model.fp16.safetensors')
    for (const grid of GRIDS) {
      const conditioning = pick(await opened.condition(grid), 1)
      const logits = await opened.predict(grid, 1, conditioning, [1])
      expect(largestDifference(logits, opened.expected(grid, 1, 'logits_fp16weights'))).toBeLessThan(1e-4)
      expect(largestDifference(logits, opened.expected(grid, 1))).toBeGreaterThan(1e-4)
    }
    await opened.graphs.close()
  })
})
