import { add, multiply, negate } from '../../onnx/arithmetic.ts'
import { concatenate, reshape, slice, split, splitEvenly, transpose } from '../../onnx/arrangement.ts'
import { product, total, type Dim } from '../../onnx/dims.ts'
import type { Graph, Value } from '../../onnx/graph.ts'
import type { GraphWeights } from '../../onnx/graph-weights.ts'
import { attend, mergeHeads, rmsNorm, silu, tanhGelu } from '../../onnx/layers.ts'
import { normalizeLast } from '../../onnx/products.ts'
import { doubleGrid, embedTokens, halveGrid, predictLogits } from '../../architectures/token-ends.ts'
import { embed } from './conditioning-graph.ts'
import { EPSILON, TIME_WIDTH, type MeissonicConfig } from './meissonic-config.ts'

const WITH_BIAS = { hasBias: true }

/** The widest layers are this many times as wide as the others. */
const FEED_FORWARD = 4

/** Beyond any axis: slices to the end. */
const TO_THE_END = 2 ** 31 - 1

/**
 * One decode step: `tokens` int64 [1 × rows × columns], `positions` int64 [masked], `shares` float32 [batch], `time`
 * [1 × 256], the encoded step, `word_weights` [batch × words], `cosines` and `sines` (rotary-positions.ts) and the outputs of the conditioning graph →
 * `logits` [masked × codebookSize].
 */
export function buildStep(graph: Graph, weights: GraphWeights, config: MeissonicConfig): void {
  const { width, codebookSize } = config
  const tokens = graph.input('tokens', 'int64', [1, 'rows', 'columns'])
  const head = { positions: graph.input('positions', 'int64', ['masked']), shares: graph.input('shares', 'float32', ['batch']) }
  const time = embed(graph.input('time', 'float32', [1, TIME_WIDTH]), weights, 'time_text_embed.timestep_embedder', width)
  const condition = silu(add(graph.input('condition', 'float32', ['batch', width]), time))
  const text = graph.input('text', 'float32', ['batch', 'words', width])
  const wordWeights = reshape(graph.input('word_weights', 'float32', ['batch', 'words']), ['batch', 'words', 1])

  let x = embedTokens(tokens, weights, config.vocabularySize, width, width, EPSILON)
  if (config.isGridHalved) x = halveGrid(x, weights, 'down_block.downsample', width, EPSILON)
  const [, rows, columns] = x.dims as readonly [Dim, string, string]
  const cellCount = product(rows, columns)
  const normed = rmsNorm(reshape(x, [1, cellCount, width]), weights.get('project_to_hidden_norm.weight', [width]), EPSILON)
  const cells = weights.linear(normed, 'project_to_hidden', width)

  const transformer = new MeissonicBlocks(graph, weights, config, condition, total('words', cellCount))
  const predicted = transformer.run(text, cells, wordWeights)

  const projected = weights.linear(
    rmsNorm(predicted, weights.get('project_from_hidden_norm.weight', [width]), EPSILON), 'project_from_hidden', width,
  )
  let y = reshape(projected, ['batch', rows, columns, width])
  if (config.isGridHalved) y = doubleGrid(y, weights, 'up_block.upsample', width, EPSILON)
  graph.output('logits', predictLogits(y, head, weights, { width, codebookSize, epsilon: EPSILON }))
}

/** Text and picture side by side (Esser et al. 2024), then as one sequence. The text comes first. */
class MeissonicBlocks {
  readonly #weights: GraphWeights
  readonly #config: MeissonicConfig
  /** Activated, [batch × width]: what every block makes its modulations of. */
  readonly #condition: Value
  readonly #cosines: Value
  readonly #sines: Value
  /** For normalisations without weights. */
  readonly #ones: Value
  readonly #wordCount: Value

  constructor(graph: Graph, weights: GraphWeights, config: MeissonicConfig, condition: Value, length: Dim) {
    this.#weights = weights
    this.#config = config
    this.#condition = condition
    this.#cosines = graph.input('cosines', 'float32', [length, config.headWidth])
    this.#sines = graph.input('sines', 'float32', [length, config.headWidth])
    this.#ones = graph.constant('float32', [config.width], Array.from({ length: config.width }, () => 1))
    this.#wordCount = graph.sizeOf('words')
  }

  /** @returns the cells: [batch × cellCount × width] */
  run(text: Value, cells: Value, wordWeights: Value): Value {
    const { doubleBlockCount, singleBlockCount } = this.#config
    let [words, grid] = [text, cells]
    for (let i = 0; i < doubleBlockCount; i++) [words, grid] = this.#doubleBlock(words, grid, wordWeights, `transformer_blocks.${i}`)
    let sequence = concatenate([words, grid], 1)
    for (let i = 0; i < singleBlockCount; i++) sequence = this.#singleBlock(sequence, `single_transformer_blocks.${i}`)
    return this.#afterText(sequence, cells.dims[1]!)
  }

  #doubleBlock(text: Value, cells: Value, wordWeights: Value, name: string): [Value, Value] {
    const ofCells = this.#modulations(`${name}.norm1`, 6)
    const ofText = this.#modulations(`${name}.norm1_context`, 6)
    const normedCells = this.#modulate(cells, ofCells[0]!, ofCells[1]!)
    // Each block norms the text anew: only from here on does a weight show.
    const normedText = multiply(this.#modulate(text, ofText[0]!, ofText[1]!), wordWeights)
    const attention = `${name}.attn`
    const both = (textLayer: string, cellLayer: string, textNorm?: string, cellNorm?: string) => concatenate([
      this.#heads(this.#linear(normedText, `${attention}.${textLayer}`), textNorm && `${attention}.${textNorm}`),
      this.#heads(this.#linear(normedCells, `${attention}.${cellLayer}`), cellNorm && `${attention}.${cellNorm}`),
    ], 2)
    const attended = this.#attend(
      both('add_q_proj', 'to_q', 'norm_added_q', 'norm_q'), both('add_k_proj', 'to_k', 'norm_added_k', 'norm_k'), both('add_v_proj', 'to_v'),
    )
    const nextCells = add(cells, multiply(ofCells[2]!, this.#linear(this.#afterText(attended, cells.dims[1]!), `${attention}.to_out.0`)))
    const nextText = add(text, multiply(ofText[2]!, this.#linear(this.#textOf(attended), `${attention}.to_add_out`)))
    return [
      this.#feedForward(nextText, ofText, `${name}.ff_context`),
      this.#feedForward(nextCells, ofCells, `${name}.ff`),
    ]
  }

  /** Attention and feed-forward side by side. */
  #singleBlock(x: Value, name: string): Value {
    const [shift, scale, gate] = this.#modulations(`${name}.norm`, 3)
    const normed = this.#modulate(x, shift!, scale!)
    const heads = (layer: string, norm?: string) =>
      this.#heads(this.#linear(normed, `${name}.attn.${layer}`), norm && `${name}.attn.${norm}`)
    const attended = this.#attend(heads('to_q', 'norm_q'), heads('to_k', 'norm_k'), heads('to_v'))
    const wide = tanhGelu(this.#linear(normed, `${name}.proj_mlp`, FEED_FORWARD * this.#config.width))
    return add(x, multiply(gate!, this.#linear(concatenate([attended, wide], 2), `${name}.proj_out`)))
  }

  #feedForward(x: Value, modulations: readonly Value[], name: string): Value {
    const [shift, scale, gate] = modulations.slice(3)
    const wide = this.#linear(this.#modulate(x, shift!, scale!), `${name}.net.0.proj`, FEED_FORWARD * this.#config.width)
    return add(x, multiply(gate!, this.#linear(tanhGelu(wide), `${name}.net.2`)))
  }

  /** Shift, scale and gate, once or twice: each [batch × 1 × width]. */
  #modulations(name: string, count: number): Value[] {
    const { width } = this.#config
    const all = this.#linear(this.#condition, `${name}.linear`, count * width)
    return splitEvenly(reshape(all, ['batch', 1, count * width]), 2, count)
  }

  #modulate(x: Value, shift: Value, scale: Value): Value {
    return add(multiply(normalizeLast(x, this.#ones, null, EPSILON), add(scale, 1)), shift)
  }

  /** [batch × length × width] → [batch × heads × length × headWidth] */
  #heads(x: Value, norm: string | undefined): Value {
    const { headCount, headWidth } = this.#config
    const [batch, length] = x.dims
    const heads = reshape(x, [batch!, length!, headCount, headWidth])
    const normed = norm === undefined ? heads : rmsNorm(heads, this.#weights.get(`${norm}.weight`, [headWidth]), EPSILON)
    return transpose(normed, [0, 2, 1, 3])
  }

  #attend(queries: Value, keys: Value, values: Value): Value {
    const scaled = multiply(this.#rotate(queries), this.#config.headWidth ** -0.5)
    return mergeHeads(attend(scaled, transpose(this.#rotate(keys), [0, 1, 3, 2]), values))
  }

  /** Turns every pair of neighbouring channels (a, b) by its angle: (a·cos − b·sin, b·cos + a·sin). */
  #rotate(x: Value): Value {
    const pairs = reshape(x, [...x.dims.slice(0, 3), this.#config.headWidth / 2, 2])
    const [first, second] = split(pairs, 4, [1, 1])
    const turned = reshape(concatenate([negate(second!), first!], 4), x.dims)
    return add(multiply(x, this.#cosines), multiply(turned, this.#sines))
  }

  #textOf(sequence: Value): Value {
    return slice(sequence, 1, 0, this.#wordCount, 'words')
  }

  #afterText(sequence: Value, cellCount: Dim): Value {
    return slice(sequence, 1, this.#wordCount, TO_THE_END, cellCount)
  }

  #linear(x: Value, name: string, outWidth = this.#config.width): Value {
    return this.#weights.linear(x, name, outWidth, WITH_BIAS)
  }
}
