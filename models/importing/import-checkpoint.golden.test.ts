import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../electron/inference/onnx-session.ts'
import { familyOf } from '../families/families.ts'
import { TINY_AMUSED, TINY_MEISSONIC, writeMadeUpCheckpoint, type MadeUpConfigs } from '../golden/made-up-checkpoint.ts'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { Precision, Session, SessionLoader } from '../runtime/session.ts'
import { importCheckpoint, type ImportedPack, type ImportOptions } from './import-checkpoint.ts'
import { openPack } from './open-pack.ts'
import { choosePrecision, listPrecisions } from './precisions.ts'
import { verifyPack } from './verify-pack.ts'
import { fingerprintFolder } from '../golden/folder-fingerprint.ts'

const execution = { provider: 'cpu', precision: 'f32', threadCount: 1, reason: '' } as const
const sessions: SessionLoader = { load: (file, demands) => openOnnxSession(file, execution, demands) }

let root: string
let checkpointFolder: string
let packsFolder: string

const prepare = async (configs?: MadeUpConfigs) => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'import-')))
  checkpointFolder = path.join(root, 'Tiny aMUSEd')
  packsFolder = path.join(root, 'packs')
  await mkdir(packsFolder)
  await writeMadeUpCheckpoint(checkpointFolder, configs)
}
const start = (options: Partial<ImportOptions> = {}) => importCheckpoint({
  checkpointFolder, packsFolder, draftFolder: path.join(root, `draft-${randomUUID()}`), name: null, budgetBytes: Infinity, sessions, ...options,
})

describe('importing a checkpoint', () => {
  let imported: ImportedPack
  let before: string
  const stages: string[] = []

  beforeAll(async () => {
    await prepare()
    before = await fingerprintFolder(checkpointFolder)
    imported = await start({ onProgress: (share, stage) => stages.push(`${stage} ${share}`) })
  })
  afterAll(() => rm(root, { recursive: true }))

  it('makes a pack named after the folder, with the licence of its card', async () => {
    expect(path.relative(packsFolder, imported.folder)).toBe('tiny-amused')
    expect(await openPack(imported.folder)).toEqual(imported.pack)
    expect(imported.pack).toMatchObject({ name: 'Tiny aMUSEd', family: 'amused', licence: 'openrail++' })
    expect(await readdir(packsFolder)).toEqual(['tiny-amused'])
  })

  it('reads every number from the checkpoint', () => {
    expect(imported.pack.stages).toMatchObject([{
      downsampleFactor: 4, codebookSize: 40, maskToken: 47,
      grids: { kind: 'free', rows: 8, columns: 8, multipleOf: 2, maxTokens: 144 },
    }])
    expect(imported.pack.textEncoder).toMatchObject({ maxTokens: 16, width: 24, tokenizer: { paddingId: 0 } })
    expect(imported.pack.defaults).toMatchObject({ width: 32, height: 32, guidanceScale: 4 })
  })

  it('leaves the weights where they are and the folder as it was', async () => {
    expect(imported.weights).toHaveLength(3)
    for (const { sharedBy } of imported.weights) expect(['reflink', 'hard-link']).toContain(sharedBy)
    expect(await fingerprintFolder(checkpointFolder)).toBe(before)
  })

  it('writes the sum of every byte', async () => {
    const checks = await verifyPack(imported.pack, imported.folder)
    expect(checks.length).toBeGreaterThan(9)
    expect(checks.filter(({ problem }) => problem !== null)).toEqual([])
  })

  it('tells how far it is', () => {
    expect(stages).toEqual(['reading 0', 'sharing 0.02', 'quantizing 0.05', 'hashing 0.3', 'checking 0.6'])
  })

  it('gives a pack that the runner can use', async () => {
    const opened: Session[] = []
    const loader: SessionLoader = { load: async (file, demands) => opened[opened.push(await sessions.load(file, demands)) - 1]! }
    const { textEncoder, stages: [stage] } = await familyOf(imported.pack).load(imported.pack, imported.folder, loader, () => {})
    const [cat, nothing] = [await textEncoder.encode('a cat'), await textEncoder.encode('')]
    const tokens = Int32Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? MASK_TOKEN : i % 40))
    const grid = { rows: 6, columns: 8, tokens }
    const guided = await stage!.transformer.predict(grid, [{ conditioning: cat, weight: 3 }, { conditioning: nothing, weight: -2 }], {})
    const alone = async (conditioning: typeof cat) => stage!.transformer.predict(grid, [{ conditioning, weight: 1 }], {})
    const [withCat, withNothing] = [await alone(cat), await alone(nothing)]
    expect(guided).toHaveLength(16 * 40)
    for (const i of [0, 100, 639]) expect(guided[i]).toBeCloseTo(3 * withCat[i]! - 2 * withNothing[i]!, 3)

    const placement = { canvasRows: 64, canvasColumns: 64, row: 20, column: 4 }
    expect(await stage!.transformer.predict(grid, [{ conditioning: cat, weight: 1 }], { placement })).not.toEqual(withCat)
    expect(await alone(cat)).toEqual(withCat)

    const image = await stage!.tokenizer.tokensToImage({ rows: 4, columns: 6, tokens: Int32Array.from({ length: 24 }, (_, i) => i) })
    expect(image).toMatchObject({ width: 24, height: 16 })
    expect(await stage!.tokenizer.imageToTokens(image)).toMatchObject({ rows: 4, columns: 6 })
    expect(await stage!.tokenizer.codebookColors()).toHaveLength(120)
    for (const session of opened) await session.dispose()
  })

  it('predicts nearly the same in 8 bits', async () => {
    const opened: Session[] = []
    const loader: SessionLoader = { load: async (file, demands) => opened[opened.push(await sessions.load(file, demands)) - 1]! }
    const grid = { rows: 8, columns: 8, tokens: new Int32Array(64).fill(MASK_TOKEN) }
    const predict = async (precision: Precision) => {
      const { textEncoder, stages: [stage] } = await familyOf(imported.pack).load(imported.pack, imported.folder, { ...loader, precision }, () => {})
      return stage!.transformer.predict(grid, [{ conditioning: await textEncoder.encode('a cat'), weight: 1 }], {})
    }
    const [exact, rounded] = [await predict('f32'), await predict('int8')]
    for (const session of opened) await session.dispose()
    const power = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
    const relativeError = power(exact.map((value, i) => value - rounded[i]!)) / power(exact)
    expect(relativeError).toBeGreaterThan(1e-4)
    expect(relativeError).toBeLessThan(0.05)
  })

  it('writes 4 bits where 8 do not fit in the memory, and the program takes them', async () => {
    const eightBits = listPrecisions(imported.pack).find(({ precision }) => precision === 'int8')!
    const budgetBytes = eightBits.memoryBytes - 1
    const { pack } = await start({ name: 'small', budgetBytes })
    expect(pack.stages[0]!.variants).toEqual({ int4: expect.any(String) as string })
    expect(pack.files.some(({ path: file }) => file.endsWith('.int8'))).toBe(false)
    expect(choosePrecision(pack, 'auto', { budgetBytes, usesGraphicsCard: false })).toEqual({ precision: 'int4', reason: 'small' })
    await rm(path.join(packsFolder, 'small'), { recursive: true })
  })

  it('installs a second pack of the same name beside the first', async () => {
    const [second, third] = await Promise.all([start(), start()])
    expect([second.pack.id, third.pack.id].sort()).toEqual(['tiny-amused-2', 'tiny-amused-3'])
    expect((await readdir(packsFolder)).sort()).toEqual(['tiny-amused', 'tiny-amused-2', 'tiny-amused-3'])
  })
})

describe('importing a checkpoint of the second family', () => {
  beforeAll(() => prepare(TINY_MEISSONIC))
  afterAll(() => rm(root, { recursive: true }))

  it('gives a pack whose prediction follows prompt and step', async () => {
    const { pack, folder } = await start()
    expect(pack).toMatchObject({ family: 'meissonic', defaults: { steps: 48, guidanceScale: 9 }, stages: [{ grids: { multipleOf: 2 } }] })
    const opened: Session[] = []
    const loader: SessionLoader = { load: async (file, demands) => opened[opened.push(await sessions.load(file, demands)) - 1]! }
    const { textEncoder, stages: [stage] } = await familyOf(pack).load(pack, folder, loader, () => {})
    const [cat, nothing] = [await textEncoder.encode('a cat'), await textEncoder.encode('')]
    const grid = { rows: 4, columns: 6, tokens: new Int32Array(24).fill(MASK_TOKEN) }
    const predict = (conditioning: typeof cat, stepsLeft: number) => stage!.transformer.predict(grid, [{ conditioning, weight: 1 }], { stepsLeft })
    const first = await predict(cat, 11)
    expect(first).toHaveLength(24 * 40)
    expect(await predict(cat, 10)).not.toEqual(first)
    expect(await predict(nothing, 11)).not.toEqual(first)
    expect(await predict(cat, 11)).toEqual(first)
    for (const session of opened) await session.dispose()
  })
})

describe('a checkpoint that does not fit', () => {
  afterEach(() => rm(root, { recursive: true }))

  const change = (part: keyof MadeUpConfigs, changes: object): MadeUpConfigs => ({ ...TINY_AMUSED, [part]: { ...TINY_AMUSED[part], ...changes } })
  const editConfig = async (part: keyof MadeUpConfigs, changes: object) =>
    writeFile(path.join(checkpointFolder, part, 'config.json'), JSON.stringify(change(part, changes)[part]))

  it.each<[string, keyof MadeUpConfigs, object, string]>([
    ['five micro values that do not make the width', 'transformer', { micro_cond_embed_dim: 384 }, 'config-unsupported'],
    ['biases', 'transformer', { use_bias: true }, 'config-unsupported'],
    ['a grid that is halved and never doubled', 'transformer', { upsample: false }, 'config-unsupported'],
    ['another width than its tensors have', 'transformer', { intermediate_size: 64 }, 'tensor-shape-differs'],
    ['more layers than there are tensors', 'transformer', { num_hidden_layers: 3 }, 'tensor-missing'],
    ['fewer layers than there are tensors', 'transformer', { num_hidden_layers: 1 }, 'tensor-unexpected'],
    ['a text encoder of another width', 'transformer', { encoder_hidden_size: 32 }, 'config-unsupported'],
    ['another number of codes', 'transformer', { codebook_size: 32 }, 'config-unsupported'],
    ['a size that is a word', 'transformer', { hidden_size: 'large' }, 'config-invalid'],
    ['a size that is negative', 'text_encoder', { hidden_size: -24 }, 'config-invalid'],
    ['an unknown activation', 'text_encoder', { hidden_act: 'relu' }, 'config-invalid'],
    ['attention that has no tensors', 'vqvae', { mid_block_add_attention: true }, 'tensor-missing'],
    ['spatial normalisation', 'vqvae', { norm_type: 'spatial' }, 'config-unsupported'],
  ])('is refused: %s', async (_, part, changes, problem) => {
    await prepare()
    await editConfig(part, changes)
    await expect(start()).rejects.toMatchObject({ problem })
    expect(await readdir(packsFolder)).toEqual([])
  })

  it('says what an unknown family looks like', async () => {
    await prepare()
    await rename(path.join(checkpointFolder, 'vqvae'), path.join(root, 'vae'))
    await rm(checkpointFolder, { recursive: true })
    await rename(path.join(root, 'vae'), checkpointFolder)
    await expect(start()).rejects.toMatchObject({ problem: 'family-unknown', detail: expect.stringContaining('VQModel') as string })
  })

  it('says that a lone transformer lacks its other parts', async () => {
    await prepare()
    await rename(path.join(checkpointFolder, 'transformer'), path.join(root, 'only'))
    await expect(start({ checkpointFolder: path.join(root, 'only') })).rejects.toMatchObject({ problem: 'file-missing' })
  })

  it('says which part is missing', async () => {
    await prepare()
    await rm(path.join(checkpointFolder, 'text_encoder'), { recursive: true })
    await expect(start()).rejects.toMatchObject({ problem: 'file-missing', subject: 'text_encoder/config.json' })
  })

  it('is refused when the padding has no id', async () => {
    await prepare()
    await writeFile(path.join(checkpointFolder, 'tokenizer/special_tokens_map.json'), '{"pad_token": "<nothing>"}')
    await expect(start()).rejects.toMatchObject({ problem: 'tokenizer-invalid' })
  })

  it('is refused when its mask token is one of the codes', async () => {
    await prepare()
    await writeFile(path.join(checkpointFolder, 'scheduler/scheduler_config.json'), '{"mask_token_id": 3}')
    await expect(start()).rejects.toMatchObject({ problem: 'config-unsupported' })
  })
})

describe('an import that fails', () => {
  beforeEach(() => prepare())
  afterEach(() => rm(root, { recursive: true }))

  it('leaves nothing behind when a graph gives no numbers', async () => {
    const broken = path.join(checkpointFolder, 'transformer/diffusion_pytorch_model.safetensors')
    const bytes = await readFile(broken)
    // Exponent bits all set: infinities and NaN throughout the last tensor.
    bytes.fill(0xff, bytes.length - 4096)
    await writeFile(broken, bytes)
    await expect(start()).rejects.toMatchObject({ problem: 'graph-unreadable' })
    expect(await readdir(packsFolder)).toEqual([])
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const controller = new AbortController()
    const cancelled = start({ signal: controller.signal, onProgress: (_, stage) => { if (stage === 'hashing') controller.abort() } })
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
    expect(await readdir(packsFolder)).toEqual([])
  })

  it('leaves nothing behind when it cannot write', async () => {
    await writeFile(path.join(packsFolder, 'file'), '')
    await expect(start({ packsFolder: path.join(packsFolder, 'file') })).rejects.toMatchObject({ code: 'ENOTDIR' })
    expect(await readdir(packsFolder)).toEqual(['file'])
  })
})
