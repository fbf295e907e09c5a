import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ONE_STAGE_PACK as pack, writeOneStagePack } from '../../golden/one-stage-pack.ts'
import { MASK_TOKEN } from '../../runtime/masked-transformer.ts'
import type { Session, SessionLoader } from '../../runtime/session.ts'
import { tensor, type Tensor } from '../../tensor/tensor.ts'
import { muse } from './muse.ts'

const faces: Record<string, [inputs: string[], outputs: string[]]> = {
  'text-encoder.onnx': [['ids', 'mask'], ['text']],
  'transformer.onnx': [['tokens', 'text', 'mask'], ['logits']],
  'vq-encoder.onnx': [['image'], ['tokens']],
  'vq-decoder.onnx': [['tokens'], ['image']],
}

let folder: string
let fed: { file: string; feeds: Readonly<Record<string, Tensor>> }[]

/** Sessions that keep what they are fed. Logits: the batch's term (1, 2, …) everywhere, plus a tenth of the position. */
function loader(change: Partial<typeof faces> = {}): SessionLoader {
  return {
    async load(file) {
      const name = path.basename(file)
      const [inputNames, outputNames] = { ...faces, ...change }[name]!
      const session: Session = {
        inputNames,
        outputNames,
        async run(feeds) {
          fed.push({ file: name, feeds })
          if (name === 'text-encoder.onnx') return { text: tensor('float32', [1, 28, 2], new Float32Array(56).fill(Number((feeds.ids!.data as BigInt64Array)[1]))) }
          const [terms, tokenCount] = feeds.tokens!.dims as [number, number]
          const size = stage().codebookSize
          const logits = Float32Array.from({ length: terms * tokenCount * size }, (_, i) => 1 + Math.floor(i / tokenCount / size) + (Math.floor(i / size) % tokenCount) / 10)
          return { logits: tensor('float32', [terms, tokenCount, size], logits) }
        },
        dispose: async () => {},
      }
      return session
    },
  }
}

const stage = () => pack.stages[0]!
const fedTo = (file: string) => fed.filter((run) => run.file === file).map(({ feeds }) => feeds)

/** The logits of tokens 4 and 7 for 'forest', guided three times as far from no words. */
async function predictGuided(sessions: SessionLoader): Promise<Float32Array> {
  const { textEncoder, stages } = await muse.load(pack, folder, sessions, () => {})
  const terms = [
    { conditioning: await textEncoder.encode('forest'), weight: 3 },
    { conditioning: await textEncoder.encode(''), weight: -2 },
  ]
  const { rows, columns } = stage().grids
  const tokens = new Int32Array(rows * columns).fill(5)
  tokens[4] = tokens[7] = MASK_TOKEN
  return stages[0]!.transformer.predict({ rows, columns, tokens }, terms, {})
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'remask-muse-'))
  await writeOneStagePack(folder)
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(() => {
  fed = []
})

describe('the muse family', () => {
  it('feeds prompts as ids and an attention mask', async () => {
    const { textEncoder } = await muse.load(pack, folder, loader(), () => {})
    await textEncoder.encode('a forest')
    const [{ ids, mask }] = fedTo('text-encoder.onnx') as [Record<string, Tensor>]
    expect(ids!.dims).toEqual([1, pack.textEncoder.maxTokens])
    expect([...ids!.data].slice(3).every((id) => id === 0n)).toBe(true)
    expect([...mask!.data].slice(0, 4)).toEqual([1, 1, 1, 0])
  })

  it('weighs the logits of the masked tokens, all terms in one batch', async () => {
    const logits = await predictGuided(loader())
    expect(logits).toHaveLength(2 * stage().codebookSize)
    // 3 · (1 + position / 10) − 2 · (2 + position / 10)
    expect(logits[0]).toBeCloseTo(-1 + 0.4, 5)
    expect(logits.at(-1)).toBeCloseTo(-1 + 0.7, 5)
    const [feeds] = fedTo('transformer.onnx')
    expect(feeds!.tokens!.dims).toEqual([2, stage().grids.rows * stage().grids.columns])
    expect([...feeds!.tokens!.data].slice(3, 5)).toEqual([5n, BigInt(stage().maskToken)])
    expect(feeds!.text!.data[0]).not.toBe(feeds!.text!.data[56])
  })

  it('asks a graph that weighs by itself for the masked tokens only, and takes what it says', async () => {
    const weighing = loader({ 'transformer.onnx': [['tokens', 'text', 'mask', 'positions', 'shares'], ['logits']] })
    const logits = await predictGuided(weighing)
    const [feeds] = fedTo('transformer.onnx')
    expect([...feeds!.positions!.data]).toEqual([4n, 7n])
    expect([...feeds!.shares!.data]).toEqual([3, -2])
    expect(logits[0]).toBe(1) // what the session said, not weighed again
  })

  it('tells how far loading is', async () => {
    const shares: number[] = []
    await muse.load(pack, folder, loader(), (share) => shares.push(share))
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  })

  it('refuses a graph with another face, naming it', async () => {
    const other = loader({ 'vq-encoder.onnx': [['pixels'], ['tokens']] })
    await expect(muse.load(pack, folder, other, () => {})).rejects.toMatchObject({
      problem: 'graph-unreadable',
      file: 'vq-encoder.onnx',
    })
  })

  it('refuses a finer stage that does not look at the coarse one', async () => {
    const cascade = { ...pack, stages: [stage(), stage()] }
    await expect(muse.load(cascade, folder, loader(), () => {})).rejects.toMatchObject({ problem: 'graph-unreadable' })
  })
})
