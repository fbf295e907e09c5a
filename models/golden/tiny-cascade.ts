import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { packSchema, type Pack } from '../importing/pack.ts'
import { add, argMax, cast, divide, mean, multiply, sum } from '../onnx/arithmetic.ts'
import { channelsFirst, channelsLast, doublePixels, gather, reshape } from '../onnx/arrangement.ts'
import { Graph, type Value } from '../onnx/graph.ts'
import { convolve, matMul } from '../onnx/products.ts'
import { createRandom, type Random } from '../sampling/random.ts'

/** Corners and middles of the colour cube: a token decodes to one colour, so that a test can see tokens in pixels. */
const CODES = 27
const WIDTH = 6
const WORDS = ['<pad>', '<unk>', '<start>', 'a', 'red', 'blue', 'fox', 'house', 'beach', 'in', 'the', 'snow', 'watercolor']
const MAX_TOKENS = 8
/** How much a finer token follows the coarse one it lies over, in logits: mostly, not always. */
const COARSE_PULL = 7
/** How much a token follows the reference's where there is one. */
const REFERENCE_PULL = 8

/** A pack's grids: pictures of 32 px, 4 px a token, 8 px a coarse token. */
export const TINY_CASCADE = { id: 'tiny-cascade', side: 32, coarseGrid: 4, fineGrid: 8, codebookSize: CODES } as const

/**
 * Writes a pack of two stages in miniature, with drawn weights: what a cascade needs of the program without a training.
 * Its finer stage follows the coarse tokens, its base stage takes a reference, its ranker likes red.
 *
 * @param folder  made if need be; its name should be the pack's id.
 */
export async function writeTinyCascade(folder: string, changes: Partial<Pack> = {}): Promise<Pack> {
  const random = createRandom(11)
  const contents: Record<string, Uint8Array | string> = {
    'text-encoder.onnx': buildTextEncoder(random),
    'base.onnx': buildTransformer('base', random),
    'super.onnx': buildTransformer('super', random),
    'vq-encoder.onnx': buildEncoder(),
    'vq-decoder.onnx': buildDecoder(),
    'ranker.onnx': buildRanker(),
    'vocab.json': JSON.stringify(WORDS),
  }
  await mkdir(folder, { recursive: true })
  const files = Object.entries(contents).map(([name, content]) => {
    const bytes = Buffer.from(content)
    return { path: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
  for (const [name, content] of Object.entries(contents)) await writeFile(path.join(folder, name), content)
  const pack = packSchema.parse({ ...describe(), files, ...changes })
  await writeFile(path.join(folder, 'pack.json'), JSON.stringify(pack, null, 2))
  return pack
}

function describe(): Omit<Pack, 'files'> {
  const { id, side, coarseGrid, fineGrid } = TINY_CASCADE
  const stage = { codebookSize: CODES, maskToken: CODES, vqEncoder: 'vq-encoder.onnx', vqDecoder: 'vq-decoder.onnx' }
  const gridOf = (count: number) => ({ kind: 'fixed', rows: count, columns: count }) as const
  return {
    format: 1, id, name: 'Tiny cascade', version: '1.0.0', description: 'Two stages in miniature, untrained.',
    family: 'muse', licence: 'Apache-2.0', attribution: '',
    stages: [
      { ...stage, downsampleFactor: 8, pictureShrink: 2, grids: gridOf(coarseGrid), transformer: 'base.onnx' },
      { ...stage, downsampleFactor: 4, grids: gridOf(fineGrid), transformer: 'super.onnx', steps: 4, maxGuidanceScale: 2 },
    ],
    textEncoder: {
      graph: 'text-encoder.onnx', maxTokens: MAX_TOKENS, width: WIDTH,
      tokenizer: { kind: 'words', vocabulary: 'vocab.json', paddingId: 0, unknownId: 1, startId: 2 },
    },
    familySettings: { tokenShape: 'grid' },
    ranker: { graph: 'ranker.onnx', imageSize: 16 },
    defaults: {
      width: side, height: side, steps: 6, guidanceScale: 3, guidanceRamp: 'constant', temperature: 1, choiceTemperature: 2,
    },
    edits: ['generate', 'inpaint', 'outpaint', 'vary', 'remove', 'restyle', 'retouch', 'replace-background', 'upscale'],
    takesReference: true,
    examplePrompts: ['a red fox'],
    styles: [],
    adapters: [],
  }
}

/** [CODES × 3]: the levels 0, ½, 1 of each channel. */
export function tinyCodeColor(code: number): [red: number, green: number, blue: number] {
  return [Math.floor(code / 9) / 2, (Math.floor(code / 3) % 3) / 2, (code % 3) / 2]
}

const codeColors = () => Array.from({ length: CODES }, (_, code) => tinyCodeColor(code))
const drawn = (graph: Graph, dims: readonly number[], spread: number, random: Random): Value =>
  graph.constant('float32', dims, Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => (random() * 2 - 1) * spread))

function buildTextEncoder(random: Random): Uint8Array {
  const graph = new Graph('text-encoder')
  const ids = graph.input('ids', 'int64', ['batch', 'words'])
  const mask = graph.input('mask', 'float32', ['batch', 'words'])
  const states = gather(drawn(graph, [WORDS.length, WIDTH], 0.7, random), ids, 0)
  graph.output('text', multiply(states, reshape(mask, ['batch', 'words', 1])))
  return graph.serialize()
}

/** Logits from each token and its neighbours, the mean of the words, and the coarse tokens or the reference. */
function buildTransformer(name: 'base' | 'super', random: Random): Uint8Array {
  const graph = new Graph(name)
  const tokens = graph.input('tokens', 'int64', ['batch', 'rows', 'columns'])
  const text = graph.input('text', 'float32', ['batch', 'words', WIDTH])
  const mask = graph.input('mask', 'float32', ['batch', 'words'])
  const embedded = channelsFirst(gather(drawn(graph, [CODES + 1, WIDTH], 1, random), tokens, 0))
  const around = convolve(embedded, drawn(graph, [CODES, WIDTH, 3, 3], 0.4, random), null, { pads: [1, 1, 1, 1] })
  const words = divide(sum(text, [1]), reshape(sum(mask, [1]), ['batch', 1, 1]))
  const wanted = reshape(matMul(words, drawn(graph, [WIDTH, CODES], 1, random)), ['batch', 1, 1, CODES])
  const told = { base: () => fromReference(graph), super: () => fromCoarse(graph) }[name]()
  graph.output('logits', add(add(channelsLast(around), wanted), told))
  return graph.serialize()
}

function fromReference(graph: Graph): Value {
  const reference = graph.input('reference', 'int64', ['batch', 'rows', 'columns'])
  return gather(pull(graph, REFERENCE_PULL), reference, 0)
}

function fromCoarse(graph: Graph): Value {
  const coarse = graph.input('coarse', 'int64', ['batch', 'coarse_rows', 'coarse_columns'])
  const doubled = channelsLast(doublePixels(channelsFirst(gather(pull(graph, COARSE_PULL), coarse, 0))))
  // The finer grid is twice the coarse one; the graph cannot know that the two sizes are one.
  return graph.node('Identity', [doubled], [{ type: 'float32', dims: ['batch', 'rows', 'columns', CODES] }])[0]!
}

/** [CODES + 2 × CODES]: each code's own logit raised; none for the mask's and for no reference. */
function pull(graph: Graph, strength: number): Value {
  const table = Array.from({ length: CODES + 2 }, (_, row) => Array.from({ length: CODES }, (_, code) => (row === code ? strength : 0)))
  return graph.constant('float32', [CODES + 2, CODES], table.flat())
}

/** The nearest colour to the mean of each 4 × 4 pixels: argmax of 2 x·c − |c|². */
function buildEncoder(): Uint8Array {
  const graph = new Graph('vq-encoder')
  const image = graph.input('image', 'float32', ['batch', 3, 'height', 'width'])
  const quarter = graph.constant('float32', [3, 1, 2, 2], Array<number>(12).fill(0.25))
  const halved = convolve(image, quarter, null, { stride: 2, groups: 3 })
  const means = convolve(halved, quarter, null, { stride: 2, groups: 3 })
  const weights = graph.constant('float32', [CODES, 3, 1, 1], codeColors().flat().map((value) => 2 * value))
  const bias = graph.constant('float32', [CODES], codeColors().map((color) => -color.reduce((total, value) => total + value ** 2, 0)))
  graph.output('tokens', argMax(convolve(means, weights, bias), 1))
  return graph.serialize()
}

function buildDecoder(): Uint8Array {
  const graph = new Graph('vq-decoder')
  const tokens = graph.input('tokens', 'int64', ['batch', 'rows', 'columns'])
  const colors = graph.constant('float32', [CODES, 3], codeColors().flat())
  graph.output('image', doublePixels(doublePixels(channelsFirst(gather(colors, tokens, 0)))))
  return graph.serialize()
}

/** The mean of red less the mean of blue, and a little of the words' sum, so that they are not idle. */
function buildRanker(): Uint8Array {
  const graph = new Graph('ranker')
  const image = graph.input('image', 'float32', ['batch', 3, 'height', 'width'])
  const text = graph.input('text', 'float32', ['batch', 'words', WIDTH])
  const mask = graph.input('mask', 'float32', ['batch', 'words'])
  const channels = mean(mean(image, 2), 3)
  const weights = graph.constant('float32', [1, 3, 1, 1], [1, 0, -1])
  const redness = sum(multiply(channels, weights), [1, 2, 3])
  const words = sum(multiply(text, reshape(mask, ['batch', 'words', 1])), [1, 2])
  const score = add(reshape(redness, ['batch']), multiply(reshape(words, ['batch']), 0.001))
  graph.output('score', cast(score, 'float32'))
  return graph.serialize()
}
