import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../electron/inference/onnx-session.ts'
import { chooseExecution } from '../../electron/inference/execution-providers.ts'
import type { LoadedPack } from '../families/family.ts'
import { muse } from '../families/muse/muse.ts'
import { openPack } from '../importing/open-pack.ts'
import { checkLoadedPack } from '../importing/self-check.ts'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { Session } from '../runtime/session.ts'
import { CandidateRun } from '../sampling/candidate-run.ts'
import type { EditPlan, Pass } from '../sampling/edit-plan.ts'
import { TINY_CASCADE, tinyCodeColor, writeTinyCascade } from './tiny-cascade.ts'

let folder: string
let loaded: LoadedPack
const sessions: Session[] = []

beforeAll(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'remask-cascade-')), TINY_CASCADE.id)
  await writeTinyCascade(folder)
  const load = async (file: string) => {
    const session = await openOnnxSession(file, chooseExecution(1, 1))
    sessions.push(session)
    return session
  }
  loaded = await muse.load(await openPack(folder), folder, { load }, () => {})
})
afterAll(async () => {
  for (const session of sessions) await session.dispose()
  await rm(path.dirname(folder), { recursive: true })
})

const pass = (stage: number, side: number): Pass => ({
  stage, window: { row: 0, column: 0, rows: side, columns: side }, remaskRule: { kind: 'given' }, schedule: 'cosine', stepCount: 4,
  prompt: 'a red fox', negativePrompt: '', guidance: { scale: 2, ramp: 'constant' }, temperature: 1, choiceTemperature: 1, topK: null,
})
const masked = (side: number) => ({ rows: side, columns: side, tokens: new Int32Array(side * side).fill(MASK_TOKEN) })

describe('a cascade in miniature', () => {
  it('passes the check of every graph that an import makes', async () => {
    await expect(checkLoadedPack(loaded)).resolves.toBeUndefined()
  })

  it('shows each token as its colour, at both stages', async () => {
    for (const [stage, side] of [[0, 4], [1, 8]] as const) {
      const { tokenizer } = loaded.stages[stage]!
      const tokens = Int32Array.from({ length: side * side }, (_, i) => i % TINY_CASCADE.codebookSize)
      const image = await tokenizer.tokensToImage({ rows: side, columns: side, tokens })
      expect([image.width, image.height]).toEqual([32, 32])
      const pixels = 32 * 32
      expect([image.data[8], image.data[pixels + 8], image.data[2 * pixels + 8]]).toEqual(tinyCodeColor(stage === 0 ? 1 : 2))
      expect((await tokenizer.imageToTokens(image)).tokens).toEqual(tokens)
    }
  })

  it('draws the coarse grid first, then a finer one that follows it', async () => {
    const plan: EditPlan = { rows: 8, columns: 8, tokenMask: new Uint8Array(64).fill(1), passes: [pass(0, 4), pass(1, 8)] }
    const conditionings = new Map([
      ['a red fox', await loaded.textEncoder.encode('a red fox')],
      ['', await loaded.textEncoder.encode('')],
    ])
    const transformers = loaded.stages.map(({ transformer }) => transformer)
    const run = new CandidateRun({ plan, transformers, canvases: [masked(4), masked(8)], conditionings }, 3)
    const seen: [stage: number, guessed: number][] = []
    let coarse = new Int32Array()
    while (!run.isDone) {
      await run.advance()
      seen.push([run.stage, run.guess.tokens.length])
      if (run.stage === 0) coarse = Int32Array.from(run.guess.tokens)
    }
    expect(seen).toEqual([...Array<[number, number]>(4).fill([0, 16]), ...Array<[number, number]>(4).fill([1, 64])])
    expect(run.stepCount).toBe(8)
    const follows = run.tokens.tokens.filter((token, i) => token === coarse[Math.floor(i / 16) * 4 + Math.floor((i % 8) / 2)])
    expect(follows.length).toBeGreaterThan(32)
  })

  it('draws what the reference shows where there is one', async () => {
    const [{ transformer }] = loaded.stages as [LoadedPack['stages'][number]]
    const terms = [{ conditioning: await loaded.textEncoder.encode('a fox'), weight: 1 }]
    const reference = { rows: 4, columns: 4, tokens: new Int32Array(16).fill(7) }
    const without = await transformer.predict(masked(4), terms, {})
    const withReference = await transformer.predict(masked(4), terms, { reference })
    const raised = withReference.map((logit, i) => logit - without[i]!)
    expect([...raised.subarray(0, 9)].map((value) => Math.round(value))).toEqual([0, 0, 0, 0, 0, 0, 0, 8, 0])
  })
})
