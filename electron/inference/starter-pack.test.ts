import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LoadedPack } from '../../models/families/family.ts'
import { familyOf } from '../../models/families/families.ts'
import { openPack } from '../../models/importing/open-pack.ts'
import type { Pack } from '../../models/importing/pack.ts'
import { verifyPack } from '../../models/importing/verify-pack.ts'
import { MASK_TOKEN, type StageContext } from '../../models/runtime/masked-transformer.ts'
import type { Session } from '../../models/runtime/session.ts'
import type { PlanarImage } from '../../models/runtime/vq-tokenizer.ts'
import { chooseExecution } from './execution-providers.ts'
import { openOnnxSession } from './onnx-session.ts'

// The pack that comes with the program, whichever it is by now, in ONNX Runtime as the program runs it. That its graphs
// compute what torch did is checked when they are exported (models/training).

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const folder = path.resolve(import.meta.dirname, '../../models/packs/starter')
const opened: Session[] = []
let pack: Pack
let loaded: LoadedPack

beforeAll(async () => {
  pack = await openPack(folder)
  const load = async (file: string) => {
    const session = await openOnnxSession(file, chooseExecution(0, 2))
    opened.push(session)
    return session
  }
  loaded = await familyOf(pack).load(pack, folder, { load }, () => {})
})
afterAll(() => Promise.all(opened.map((session) => session.dispose())))

/** A sun over a meadow, in flat colours: what the pack was trained on, more or less. */
function drawScene({ width, height }: { width: number; height: number }): PlanarImage {
  const colourAt = (x: number, y: number) => {
    if (Math.hypot(x - 0.7, y - 0.3) < 0.12) return [1, 0.85, 0.3]
    return y < 0.6 ? [0.5, 0.75, 0.95] : [0.4, 0.7, 0.35]
  }
  const data = new Float32Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (const [channel, value] of colourAt(x / width, y / height).entries()) data[(channel * height + y) * width + x] = value
    }
  }
  return { width, height, data }
}

/** In decibels. */
function signalToNoise(a: PlanarImage, b: PlanarImage): number {
  const squares = a.data.reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0)
  return -10 * Math.log10(squares / a.data.length)
}

async function predict(stage: number, prompt: string): Promise<Float32Array> {
  const gridOf = (index: number, token: number) => {
    const { rows, columns } = pack.stages[index]!.grids
    return { rows, columns, tokens: new Int32Array(rows * columns).fill(token) }
  }
  const context: StageContext = stage === 0 ? {} : { coarser: gridOf(stage - 1, 7) }
  const conditioning = await loaded.textEncoder.encode(prompt)
  return loaded.stages[stage]!.transformer.predict(gridOf(stage, MASK_TOKEN), [{ conditioning, weight: 1 }], context)
}

describe('the starter pack', () => {
  it('is described and intact', async () => {
    const checks = await verifyPack(pack, folder)
    expect(checks.filter(({ problem }) => problem !== null)).toEqual([])
    expect(checks.length).toBeGreaterThanOrEqual(5)
  })

  it('is small enough to come with the program', () => {
    const total = pack.files.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(total).toBeLessThan(80e6)
    expect(Math.max(...pack.files.map(({ bytes }) => bytes))).toBeLessThan(50e6)
  })

  it('reads its own examples and styles whole, and finds none of them far from what it was taught', async () => {
    const prompts = [...pack.examplePrompts, ...pack.styles.map(({ prompt }) => prompt)]
    expect(pack.examplePrompts.length).toBeGreaterThan(2)
    const reader = await familyOf(pack).readPrompts(pack, folder)
    for (const prompt of prompts) expect([prompt, reader.read(prompt)]).toEqual([prompt, { cutAt: null, unknownWords: [], isFar: false }])
  })

  it('keeps what a picture shows in its tokens', async () => {
    const scene = drawScene(pack.defaults)
    const { tokenizer } = loaded.stages.at(-1)!
    const grid = await tokenizer.imageToTokens(scene)
    expect(Math.max(...grid.tokens)).toBeLessThan(tokenizer.codebookSize)
    expect(signalToNoise(scene, await tokenizer.tokensToImage(grid))).toBeGreaterThan(24)
  })

  it('predicts every token of every stage, and others under other words', async () => {
    for (const [stage, { codebookSize, grids }] of pack.stages.entries()) {
      const logits = await predict(stage, 'a beach at sunset')
      expect(logits).toHaveLength(grids.rows * grids.columns * codebookSize)
      expect(logits.every(Number.isFinite)).toBe(true)
      expect(await predict(stage, 'a city at night')).not.toEqual(logits)
    }
  })
})
