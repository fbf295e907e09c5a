import type { LoadedPack, Stage } from '../families/family.ts'
import { MASK_TOKEN } from '../runtime/masked-transformer.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import type { PlanarImage, TokenGrid } from '../runtime/vq-tokenizer.ts'
import { PackError } from './pack-error.ts'
import type { PackGrids } from './pack.ts'

/** Tokens along a side of the grid that is tried where a stage takes any: as few as give every layer something to do. */
const SMALL_SIDE = 4

const PROMPT = 'a photo of a cat'

/**
 * Runs a fixed input through every graph of a pack, twice: results must be numbers, in their range, and the same again.
 *
 * @throws {PackError} 'graph-unreadable', naming the graph that failed.
 */
export async function checkLoadedPack({ pack, textEncoder, stages }: LoadedPack): Promise<void> {
  const encode = () => textEncoder.encode(PROMPT)
  const conditioning = await encode()
  checkConditioning(conditioning, await encode(), pack.textEncoder.graph)
  let coarser: TokenGrid | undefined
  for (const [i, stage] of stages.entries()) {
    const described = pack.stages[i]!
    const grid = gridToTry(described.grids)
    const terms = [{ conditioning, weight: 1 }]
    const predict = () => stage.transformer.predict(grid, terms, coarser === undefined ? {} : { coarser })
    const logits = await predict()
    checkNumbers(logits, grid.tokens.length * described.codebookSize, await predict(), described.transformer)
    coarser = await checkTokenizer(stage, { ...grid, tokens: likeliest(logits, described.codebookSize) }, described)
  }
}

/** Decodes tokens and encodes the picture again. @returns the tokens found. */
async function checkTokenizer(
  { tokenizer }: Stage, grid: TokenGrid, { vqEncoder, vqDecoder, codebookSize }: { vqEncoder: string; vqDecoder: string; codebookSize: number },
): Promise<TokenGrid> {
  const decode = () => tokenizer.tokensToImage(grid)
  const image: PlanarImage = await decode()
  checkNumbers(image.data, 3 * grid.tokens.length * tokenizer.downsampleFactor ** 2, (await decode()).data, vqDecoder)
  const found = await tokenizer.imageToTokens(image)
  checkNumbers(found.tokens, grid.tokens.length, (await tokenizer.imageToTokens(image)).tokens, vqEncoder)
  if (found.tokens.some((token) => token < 0 || token >= codebookSize)) throw failure(vqEncoder, 'gave tokens beyond the codebook')
  return found
}

function checkConditioning(first: Conditioning, second: Conditioning, graph: string): void {
  for (const [name, { data }] of Object.entries(first.tensors)) {
    checkNumbers(data, data.length, second.tensors[name]!.data, graph)
  }
}

type Numbers = ArrayLike<number | bigint>

function checkNumbers(numbers: Numbers, count: number, again: Numbers, graph: string): void {
  if (numbers.length !== count) throw failure(graph, `gave ${numbers.length} numbers instead of ${count}`)
  for (let i = 0; i < numbers.length; i++) {
    if (!Number.isFinite(Number(numbers[i]))) throw failure(graph, `gave ${numbers[i]} for a fixed input`)
    if (numbers[i] !== again[i]) throw failure(graph, 'gave two results for one input')
  }
}

/** All masked. */
function gridToTry(grids: PackGrids): TokenGrid {
  const side = (native: number) => (grids.kind === 'fixed' ? native : Math.min(native, Math.ceil(SMALL_SIDE / grids.multipleOf) * grids.multipleOf))
  const [rows, columns] = [side(grids.rows), side(grids.columns)]
  return { rows, columns, tokens: new Int32Array(rows * columns).fill(MASK_TOKEN) }
}

function likeliest(logits: Float32Array, codebookSize: number): Int32Array {
  return Int32Array.from({ length: logits.length / codebookSize }, (_, position) => {
    const row = logits.subarray(position * codebookSize, (position + 1) * codebookSize)
    return row.reduce((best, value, code) => (value > row[best]! ? code : best), 0)
  })
}

function failure(graph: string, detail: string): PackError {
  return new PackError('graph-unreadable', graph, detail)
}
