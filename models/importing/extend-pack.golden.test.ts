import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOnnxSession } from '../../electron/inference/onnx-session.ts'
import { writeSafetensors } from '../checkpoint/write-safetensors.ts'
import { familyOf } from '../families/families.ts'
import { goldenFile, largestDifference, readGoldenTensors } from '../golden/golden.ts'
import { TINY_MEISSONIC, writeMadeUpCheckpoint } from '../golden/made-up-checkpoint.ts'
import type { SessionLoader } from '../runtime/session.ts'
import { extendPack, removeAdapter } from './extend-pack.ts'
import { importCheckpoint } from './import-checkpoint.ts'
import { openPack } from './open-pack.ts'
import type { Pack } from './pack.ts'
import { verifyPack } from './verify-pack.ts'
import { whileLoaded } from './while-loaded.ts'

const execution = { provider: 'cpu', precision: 'f32', threadCount: 1, reason: '' } as const
const sessions: SessionLoader = { load: (file, demands) => openOnnxSession(file, execution, demands) }

let root: string
let packFolder: string
let expected: { prompt: string; rows: number; columns: number; tokens: number[]; logits: number[] }
let published: Awaited<ReturnType<typeof readGoldenTensors>>

beforeAll(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'extend-')))
  await mkdir(path.join(root, 'packs'))
  const options = { packsFolder: path.join(root, 'packs'), draftFolder: path.join(root, 'draft'), name: 'tiny', budgetBytes: Infinity, sessions }
  packFolder = (await importCheckpoint({ ...options, checkpointFolder: goldenFile('diffusers_pipeline') })).folder
  expected = JSON.parse(await readFile(goldenFile('diffusers_pipeline', 'expected.json'), 'utf8')) as typeof expected
  published = await readGoldenTensors('adapters', 'logits.safetensors')
})
afterAll(() => rm(root, { recursive: true }))

const addStyle = (name: string, ...file: string[]) =>
  extendPack({ packFolder, sessions, change: { kind: 'add-adapter', file: goldenFile('adapters', ...file), name } })

const predict = async (choice: Pick<SessionLoader, 'precision' | 'adapter'>) => {
  const pack = await openPack(packFolder)
  return whileLoaded({ pack, folder: packFolder, family: familyOf(pack), sessions }, choice, async ({ textEncoder, stages: [stage] }) => {
    const { prompt, rows, columns, tokens } = expected
    const grid = { rows, columns, tokens: Int32Array.from(tokens) }
    return stage!.transformer.predict(grid, [{ conditioning: await textEncoder.encode(prompt), weight: 1 }], {})
  })
}
const idOf = (pack: Pack, name: string) => pack.adapters.find((adapter) => adapter.name === name)!.id
const relativeError = (exact: Float32Array, other: Float32Array) => {
  const power = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return power(exact.map((value, i) => value - other[i]!)) / power(exact)
}

describe('a style that peft saved', () => {
  let pack: Pack
  let weightsBefore: string[]

  beforeAll(async () => {
    weightsBefore = (await openPack(packFolder)).files.map(({ sha256 }) => sha256)
    pack = await addStyle('Ink wash', 'peft', 'adapter_model.safetensors')
  })

  it.each([0, 0.5, 1, 1.5])('gives what peft gives at strength %d', async (strength) => {
    const logits = await predict({ adapter: { id: idOf(pack, 'Ink wash'), strength } })
    expect(largestDifference(logits, published.get(`peft_${strength.toFixed(1)}`)!.data as Float32Array)).toBeLessThan(1e-4)
  })

  it('changes nothing at all at strength 0, and something at every other', async () => {
    const [base, none, full] = [await predict({}), await predict({ adapter: { id: idOf(pack, 'Ink wash'), strength: 0 } }), await predict({ adapter: { id: idOf(pack, 'Ink wash'), strength: 1 } })]
    expect(none).toEqual(base)
    expect(largestDifference(full, base)).toBeGreaterThan(0.1)
  })

  it('leaves every file of the pack as it was and lists its own', async () => {
    const sums = (await openPack(packFolder)).files.map(({ sha256 }) => sha256)
    expect(sums.slice(0, weightsBefore.length)).toEqual(weightsBefore)
    expect((await verifyPack(pack, packFolder)).filter(({ problem }) => problem !== null)).toEqual([])
    expect(pack.adapters).toMatchObject([{ id: expect.stringMatching(/^ink-wash-[0-9a-f]{8}$/), name: 'Ink wash' }])
    // All of attention and the feed-forward: the step and what is made of the prompt, in both precisions; not the text encoder.
    expect(Object.keys(pack.adapters[0]!.graphs).sort()).toEqual(['conditioning.onnx', 'transformer-int8.onnx', 'transformer.onnx'])
  })

  it('draws in 8 bits too', async () => {
    const id = idOf(pack, 'Ink wash')
    const [exact, rounded, plain] = [await predict({ adapter: { id, strength: 1 } }), await predict({ precision: 'int8', adapter: { id, strength: 1 } }), await predict({ precision: 'int8' })]
    expect(relativeError(exact, rounded)).toBeLessThan(0.1)
    expect(relativeError(exact, plain)).toBeGreaterThan(2 * relativeError(exact, rounded))
  })

  it('is refused a second time under the same name', async () => {
    await expect(addStyle('ink WASH', 'older.safetensors')).rejects.toMatchObject({ problem: 'adapter-name-taken' })
  })
})

describe('styles that diffusers saved', () => {
  it.each([0, 0.5, 1, 1.5])('reach the text encoder, the blocks and the ends at strength %d', async (strength) => {
    const { adapters } = await openPack(packFolder)
    const pack = adapters.some(({ name }) => name === 'Both') ? await openPack(packFolder) : await addStyle('Both', 'diffusers.safetensors')
    const logits = await predict({ adapter: { id: idOf(pack, 'Both'), strength } })
    expect(largestDifference(logits, published.get(`diffusers_${strength.toFixed(1)}`)!.data as Float32Array)).toBeLessThan(1e-4)
  })

  it('are read as older versions wrote them, with an alpha for each layer', async () => {
    const pack = await addStyle('Older', 'older.safetensors')
    const logits = await predict({ adapter: { id: idOf(pack, 'Older'), strength: 1 } })
    expect(largestDifference(logits, published.get('older_1.0')!.data as Float32Array)).toBeLessThan(1e-4)
  })
})

describe('a precision that is added later', () => {
  it.each([['f16', 0.005], ['int4', 0.15]] as const)('predicts nearly the same in %s, styles included', async (precision, tolerance) => {
    const pack = await extendPack({ packFolder, sessions, change: { kind: 'add-precision', precision } })
    expect(pack.stages[0]!.variants).toHaveProperty(precision)
    const id = idOf(pack, 'Ink wash')
    for (const choice of [{}, { adapter: { id, strength: 1 } }]) {
      const [exact, rounded] = [await predict(choice), await predict({ ...choice, precision })]
      expect(relativeError(exact, rounded)).toBeGreaterThan(1e-6)
      expect(relativeError(exact, rounded)).toBeLessThan(tolerance)
    }
    expect((await verifyPack(pack, packFolder)).filter(({ problem }) => problem !== null)).toEqual([])
  })

  it('is written once', async () => {
    const before = await openPack(packFolder)
    expect(await extendPack({ packFolder, sessions, change: { kind: 'add-precision', precision: 'int4' } })).toEqual(before)
  })
})

describe('a style file that cannot be used', () => {
  const add = (file: string) => extendPack({ packFolder, sessions, change: { kind: 'add-adapter', file, name: path.basename(file) } })
  const write = async (name: string, tensors: Record<string, number[]>) => {
    const file = path.join(root, name)
    const zeros = (dims: number[]) => new Uint8Array(4 * dims.reduce((a, b) => a * b, 1))
    await writeSafetensors(file, new Map(Object.entries(tensors).map(([key, dims]) => [key, { type: 'F32', dims, bytes: zeros(dims) }])))
    return file
  }
  const layer = 'transformer.transformer_layers.0.attn1.to_q'

  it.each([
    ['ranks that differ', { [`${layer}.lora_A.weight`]: [2, 32], [`${layer}.lora_B.weight`]: [32, 3] }, 'adapter-shape-differs'],
    ['another width', { [`${layer}.lora_A.weight`]: [2, 1024], [`${layer}.lora_B.weight`]: [1024, 2] }, 'adapter-shape-differs'],
    ['half a branch', { [`${layer}.lora_A.weight`]: [2, 32] }, 'adapter-keys-unknown'],
    ['keys of another method', { [`${layer}.hada_w1_a`]: [2, 32] }, 'adapter-keys-unknown'],
    ['nothing', {}, 'adapter-keys-unknown'],
    ['another family’s layers', {
      'unet.down_blocks.0.attentions.0.to_q.lora_A.weight': [2, 32], 'unet.down_blocks.0.attentions.0.to_q.lora_B.weight': [32, 2],
    }, 'adapter-wrong-model'],
  ])('with %s is refused and leaves the pack as it was', async (name, tensors, problem) => {
    const before = await openPack(packFolder)
    await expect(add(await write(`${name}.safetensors`, tensors as Record<string, number[]>))).rejects.toMatchObject({ problem })
    expect(await openPack(packFolder)).toEqual(before)
  })

  it('refuses pickles, by name and by content', async () => {
    const byName = path.join(root, 'style.bin')
    const byContent = path.join(root, 'pickled.safetensors')
    await writeFile(byName, 'x')
    await writeFile(byContent, Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0))
    for (const file of [byName, byContent]) await expect(add(file)).rejects.toMatchObject({ problem: 'pickle-refused' })
  })

  it('names what is cut off, missing or no file', async () => {
    const whole = await readFile(goldenFile('adapters', 'older.safetensors'))
    const cut = path.join(root, 'cut.safetensors')
    await writeFile(cut, whole.subarray(0, whole.length - 8))
    await expect(add(cut)).rejects.toMatchObject({ problem: 'file-truncated' })
    await expect(add(path.join(root, 'nowhere.safetensors'))).rejects.toMatchObject({ problem: 'file-unreadable' })
    await expect(add(root)).rejects.toMatchObject({ problem: 'file-unreadable' })
  })

  it('is refused by a method Remask does not have', async () => {
    const folder = path.join(root, 'dora')
    await mkdir(folder)
    await copyFile(goldenFile('adapters', 'peft', 'adapter_model.safetensors'), path.join(folder, 'adapter_model.safetensors'))
    await writeFile(path.join(folder, 'adapter_config.json'), JSON.stringify({ peft_type: 'LORA', use_dora: true }))
    await expect(add(path.join(folder, 'adapter_model.safetensors'))).rejects.toMatchObject({ problem: 'adapter-unsupported' })
  })

  it('is refused by a pack of another family, and by one that keeps nothing to build from', async () => {
    const checkpointFolder = path.join(root, 'meissonic')
    await writeMadeUpCheckpoint(checkpointFolder, TINY_MEISSONIC)
    const { folder, pack } = await importCheckpoint({ checkpointFolder, packsFolder: path.join(root, 'packs'), draftFolder: path.join(root, 'draft-2'), name: null, budgetBytes: Infinity, sessions })
    const change = { kind: 'add-adapter', file: goldenFile('adapters', 'older.safetensors'), name: 'x' } as const
    await expect(extendPack({ packFolder: folder, sessions, change })).rejects.toMatchObject({ problem: 'adapter-wrong-model' })
    await writeFile(path.join(folder, 'pack.json'), JSON.stringify({ ...pack, checkpoint: undefined }))
    await expect(extendPack({ packFolder: folder, sessions, change })).rejects.toMatchObject({ problem: 'pack-not-extensible' })
  })
})

describe('removing a style', () => {
  it('takes its files and leaves the others', async () => {
    const id = idOf(await openPack(packFolder), 'Older')
    const pack = await removeAdapter(packFolder, id)
    expect(pack.adapters.map(({ name }) => name)).toEqual(['Ink wash', 'Both'])
    expect(pack.files.filter(({ path: name }) => name.includes(id))).toEqual([])
    await expect(predict({ adapter: { id, strength: 1 } })).rejects.toMatchObject({ problem: 'adapter-missing' })
    expect(await predict({ adapter: { id: idOf(pack, 'Both'), strength: 0 } })).toEqual(await predict({}))
  })
})
