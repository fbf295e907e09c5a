import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../electron/inference/onnx-session.ts'
import { familyOf } from '../families/families.ts'
import type { LoadedPack } from '../families/family.ts'
import { goldenFile, largestDifference } from '../golden/golden.ts'
import type { Session, SessionLoader } from '../runtime/session.ts'
import { openTextTokenizer } from '../runtime/text-tokenizers/text-tokenizers.ts'
import { importCheckpoint, type ImportedPack } from './import-checkpoint.ts'

const execution = { provider: 'cpu', precision: 'f32', threadCount: 1, reason: '' } as const

/** What diffusers 0.33.1 gave (golden/make_diffusers_pipeline.py). -1 stands for the mask token. */
interface Expected {
  readonly prompt: string
  readonly ids: number[]
  readonly rows: number
  readonly columns: number
  readonly tokens: number[]
  readonly logits: number[]
  readonly shown: number[]
  readonly image: number[]
  readonly pixels: number[]
  readonly codes: number[]
}

describe('a pipeline saved by diffusers 0.33.1', () => {
  const opened: Session[] = []
  let packsFolder: string
  let imported: ImportedPack
  let loaded: LoadedPack
  let expected: Expected

  beforeAll(async () => {
    const sessions: SessionLoader = {
      load: async (file, demands) => opened[opened.push(await openOnnxSession(file, execution, demands)) - 1]!,
    }
    packsFolder = await mkdtemp(path.join(tmpdir(), 'pipeline-'))
    expected = JSON.parse(await readFile(goldenFile('diffusers_pipeline', 'expected.json'), 'utf8')) as Expected
    imported = await importCheckpoint({
      checkpointFolder: goldenFile('diffusers_pipeline'), packsFolder, draftFolder: path.join(packsFolder, '.draft'), name: null,
      budgetBytes: Infinity, sessions,
    })
    loaded = await familyOf(imported.pack).load(imported.pack, imported.folder, sessions, () => {})
  })
  afterAll(async () => {
    for (const session of opened) await session.dispose()
    await rm(packsFolder, { recursive: true })
  })

  it('reads the prompt as diffusers does', async () => {
    const tokenizer = await openTextTokenizer(imported.pack, imported.folder)
    expect([...tokenizer.encode(expected.prompt).ids]).toEqual(expected.ids)
  })

  it('predicts the same logits from the prompt on', async () => {
    const { rows, columns, tokens, logits, prompt } = expected
    const conditioning = await loaded.textEncoder.encode(prompt)
    const grid = { rows, columns, tokens: Int32Array.from(tokens) }
    const predicted = await loaded.stages[0]!.transformer.predict(grid, [{ conditioning, weight: 1 }], {})
    expect(largestDifference(predicted, logits)).toBeLessThan(1e-4)
  })

  it('decodes tokens to the same picture', async () => {
    const { rows, columns, shown, image } = expected
    const decoded = await loaded.stages[0]!.tokenizer.tokensToImage({ rows, columns, tokens: Int32Array.from(shown) })
    expect(largestDifference(decoded.data, image)).toBeLessThan(1e-4)
  })

  it('encodes a picture to the same tokens', async () => {
    const { rows, columns, pixels, codes } = expected
    const factor = imported.pack.stages[0]!.downsampleFactor
    const picture = { width: columns * factor, height: rows * factor, data: Float32Array.from(pixels) }
    expect([...(await loaded.stages[0]!.tokenizer.imageToTokens(picture)).tokens]).toEqual(codes)
  })
})
