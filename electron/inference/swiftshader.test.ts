import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { TINY_AMUSED, TINY_MEISSONIC, writeMadeUpCheckpoint } from '../../models/golden/made-up-checkpoint.ts'
import { importCheckpoint } from '../../models/importing/import-checkpoint.ts'
import type { Pack } from '../../models/importing/pack.ts'
import { createRandom } from '../../models/sampling/random.ts'
import type { TokenQuestion } from '../api/inference.ts'
import { INFERENCE_STRINGS } from '../api/strings/inference.ts'
import type { Provider } from '../api/providers.ts'
import { openOnnxSession } from './onnx-session.ts'
import { bundleInference, nextOf, post } from './testing/bundle-inference.ts'

// A graphics card that is a program computes slowly.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

/** Chromium brings SwiftShader, a Vulkan driver that needs no card, and the library through which WebGPU finds it. */
const FOLDERS = [
  ...(process.env['CHROME_PATH'] === undefined ? [] : [path.dirname(process.env['CHROME_PATH'])]),
  '/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome',
]
const swiftShader = FOLDERS.find((folder) => ['libvulkan.so.1', 'vk_swiftshader_icd.json'].every((file) => existsSync(path.join(folder, file))))

/** Between logarithms of probabilities, and between colours of 8 bits. */
const TOLERANCE = { likelihood: 1e-4, colour: 1 }

/** As published models have them, in fours: of 6 channels ONNX Runtime 1.30 computes wrong convolutions by WebGPU. */
const IN_FOURS = { latent_channels: 8 }

let bundle: Awaited<ReturnType<typeof bundleInference>>
let root: string
beforeAll(async () => {
  bundle = await bundleInference()
  root = await mkdtemp(path.join(tmpdir(), 'swiftshader-'))
})
afterAll(async () => {
  await rm(root, { recursive: true })
  await bundle.remove()
})

/** What a pack makes of the same picture and tokens on a provider, in an inference process of its own. */
async function compute(pack: Pack, packFolder: string, provider: Provider) {
  const child = bundle.start()
  try {
    const loading = nextOf(child, 'loaded', 'load-failed')
    post(child, { type: 'load', packFolder, threadCount: 1, memoryMiB: 0, provider, precision: 'f32' })
    const loaded = await loading
    const { grids: { rows, columns }, downsampleFactor, codebookSize } = pack.stages[0]!
    const random = createRandom(3)
    const tokens = Uint16Array.from({ length: rows * columns }, () => Math.floor(random() * codebookSize))
    const [width, height] = [columns * downsampleFactor, rows * downsampleFactor]
    const image = { width, height, data: Uint8Array.from({ length: 3 * width * height }, () => random() * 256) }
    const question = async (asked: TokenQuestion) => {
      const answered = nextOf(child, 'answer', 'ask-failed')
      post(child, { type: 'ask', questionId: asked.kind, packFolder, question: asked })
      return answered
    }
    const encoded = await question({ kind: 'encode', image })
    const decoded = await question({ kind: 'decode', rows, columns, tokens })
    const measuring = nextOf(child, 'measured', 'measure-failed')
    const plan = { rows, columns, tokenMask: new Uint8Array(rows * columns).fill(1), prompts: ['a cat', ''], subsetCount: 2 }
    post(child, { type: 'measure', analysisId: 'a', packFolder, plan, source: { tokens } })
    const measured = await measuring
    // Asked again: what could not run on the card is told with the next loading.
    const again = nextOf(child, 'loaded', 'load-failed')
    post(child, { type: 'load', packFolder, threadCount: 1, memoryMiB: 0, provider, precision: 'f32' })
    return { loaded, encoded, decoded, measured, last: await again }
  } finally {
    child.kill('SIGKILL')
  }
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0)

describe.runIf(process.platform === 'linux' && swiftShader !== undefined)('WebGPU on a graphics card that is a program', () => {
  it.each([
    ['aMUSEd', TINY_AMUSED],
    ['Meissonic', TINY_MEISSONIC],
  ])('gives of %s in miniature what the processor gives', async (name, configs) => {
    const checkpointFolder = path.join(root, `${name} published`)
    await writeMadeUpCheckpoint(checkpointFolder, { ...configs, vqvae: { ...configs.vqvae, ...IN_FOURS } })
    const sessions = { load: (file: string) => openOnnxSession(file, { provider: 'cpu', threadCount: 1 }) }
    const draftFolder = path.join(root, '.draft')
    const { pack, folder } = await importCheckpoint({ checkpointFolder, packsFolder: root, draftFolder, name, budgetBytes: Infinity, sessions })
    const onProcessor = await compute(pack, folder, 'cpu')
    vi.stubEnv('LD_LIBRARY_PATH', swiftShader)
    vi.stubEnv('VK_ICD_FILENAMES', path.join(swiftShader!, 'vk_swiftshader_icd.json'))
    const onCard = await compute(pack, folder, 'webgpu').finally(() => vi.unstubAllEnvs())

    expect(onProcessor.loaded).toMatchObject({ execution: { provider: 'cpu' } })
    for (const { execution } of [onCard.loaded, onCard.last] as { execution?: { provider: string; reason: string } }[]) {
      expect(execution).toMatchObject({ provider: 'webgpu', reason: expect.not.stringContaining(INFERENCE_STRINGS.partly('').trim()) as string })
    }
    expect(onCard.encoded).toEqual(onProcessor.encoded)
    const coloursOf = ({ decoded }: typeof onCard) => ('answer' in decoded && decoded.answer.kind === 'decode' ? decoded.answer.raster.data : [])
    expect(coloursOf(onProcessor)).not.toHaveLength(0)
    expect(coloursOf(onCard)).toHaveLength(coloursOf(onProcessor).length)
    expect(largestDifference(coloursOf(onCard), coloursOf(onProcessor))).toBeLessThanOrEqual(TOLERANCE.colour)
    const likelihoodsOf = ({ measured }: typeof onCard) => ('likelihoods' in measured ? [...measured.likelihoods.values()].flatMap((of) => [...of]) : [])
    expect(likelihoodsOf(onProcessor)).not.toHaveLength(0)
    expect(likelihoodsOf(onCard)).toHaveLength(likelihoodsOf(onProcessor).length)
    expect(largestDifference(likelihoodsOf(onCard), likelihoodsOf(onProcessor))).toBeLessThan(TOLERANCE.likelihood)
  })
})
