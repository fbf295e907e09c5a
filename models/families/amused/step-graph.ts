import { add, divide, mean, multiply, squareRoot, sum } from '../../onnx/arithmetic.ts'
import { channelsFirst, channelsLast, reshape, split, splitEvenly } from '../../onnx/arrangement.ts'
import { product, type Dims } from '../../onnx/dims.ts'
import type { Graph, Value } from '../../onnx/graph.ts'
import type { GraphWeights } from '../../onnx/graph-weights.ts'
import { attend, gelu, mergeHeads, rmsNorm, splitHeads, splitKeyHeads } from '../../onnx/layers.ts'
import { convolve, normalizeLast } from '../../onnx/products.ts'
import { doubleGrid, embedTokens, halveGrid, predictLogits } from '../../architectures/token-ends.ts'
import { modulationsOf, textAttentionsOf } from './conditioning-graph.ts'
import type { UVitConfig } from './u-vit-config.ts'

/** Of the norms inside the attention blocks, and of their division by a mean: fixed in the class, whatever the config says. */
const BLOCK_EPSILON = 1e-6

/**
 * One decode step: `tokens` int64 [1 × rows × columns], `positions` int64 [masked], `shares` float32 [batch] and the
 * outputs of the conditioning graph → `logits` [masked × codebookSize], Σ share · logits of each conditioning.
 *
 * The grid is the same for all conditionings. Its batch axis is 1 until the first conditioning comes in; from there on
 * broadcasting makes it as long as the batch.
 */
export function buildStep(graph: Graph, weights: GraphWeights, config: UVitConfig): void {
  const { blockWidth, hiddenWidth, codebookSize, epsilon } = config
  const tokens = graph.input('tokens', 'int64', [1, 'rows', 'columns'])
  const head = { positions: graph.input('positions', 'int64', ['masked']), shares: graph.input('shares', 'float32', ['batch']) }
  const network = new UVit(weights, config, readConditioning(graph, config))

  let x = embedTokens(tokens, weights, config.vocabularySize, config.embeddingWidth, blockWidth, epsilon)
  if (config.isGridHalved) x = halveGrid(x, weights, 'down_block.downsample', blockWidth, epsilon)
  x = network.blocks(x, 'down')

  const [batch, rows, columns] = x.dims as readonly [string, string, string]
  const cells = reshape(x, [batch, product(rows, columns), blockWidth])
  const normed = rmsNorm(cells, weights.get('project_to_hidden_norm.weight', [blockWidth]), epsilon)
  const layered = network.layers(weights.linear(normed, 'project_to_hidden', hiddenWidth))
  const projected = weights.linear(
    rmsNorm(layered, weights.get('project_from_hidden_norm.weight', [hiddenWidth]), epsilon), 'project_from_hidden', blockWidth,
  )

  x = network.blocks(reshape(projected, [batch, rows, columns, blockWidth]), 'up')
  if (config.isGridHalved) x = doubleGrid(x, weights, 'up_block.upsample', blockWidth, epsilon)
  graph.output('logits', predictLogits(x, head, weights, { width: blockWidth, codebookSize, epsilon }))
}

/** What the conditioning graph gave, by the layer it is for. */
interface Conditioning {
  /** Factor and shift, each [batch × width]. */
  readonly modulations: ReadonlyMap<string, readonly [Value, Value]>
  readonly keys: ReadonlyMap<string, Value>
  readonly values: ReadonlyMap<string, Value>
}

function readConditioning(graph: Graph, config: UVitConfig): Conditioning {
  const modulations = modulationsOf(config)
  const widths = modulations.flatMap(({ width }) => [width, width])
  const parts = split(graph.input('modulations', 'float32', ['batch', widths.reduce((a, b) => a + b, 0)]), 1, widths)
  const { blocks, layers } = textAttentionsOf(config)
  const read = (name: string, attentions: readonly string[], heads: number, inner: Dims): [string, Value][] => {
    const all = graph.input(name, 'float32', ['batch', attentions.length, heads, ...inner])
    return splitEvenly(all, 1, attentions.length).map((part, i) => [attentions[i]!, reshape(part, ['batch', heads, ...inner])])
  }
  const blockHeadWidth = config.blockWidth / config.blockHeadCount
  const headWidth = config.hiddenWidth / config.headCount
  return {
    modulations: new Map(modulations.map(({ layer }, i) => [layer, [parts[2 * i]!, parts[2 * i + 1]!]])),
    keys: new Map([
      ...read('block_keys', blocks, config.blockHeadCount, [blockHeadWidth, 'words']),
      ...read('layer_keys', layers, config.headCount, [headWidth, 'words']),
    ]),
    values: new Map([
      ...read('block_values', blocks, config.blockHeadCount, ['words', blockHeadWidth]),
      ...read('layer_values', layers, config.headCount, ['words', headWidth]),
    ]),
  }
}

class UVit {
  readonly #weights: GraphWeights
  readonly #config: UVitConfig
  readonly #conditioning: Conditioning

  constructor(weights: GraphWeights, config: UVitConfig, conditioning: Conditioning) {
    this.#weights = weights
    this.#config = config
    this.#conditioning = conditioning
  }

  /** Pairs of a residual and an attention block: [batch × rows × columns × blockWidth]. */
  blocks(x: Value, side: 'down' | 'up'): Value {
    let y = x
    for (let i = 0; i < this.#config.blockCount; i++) {
      y = this.#residualBlock(y, `${side}_block.res_blocks.${i}`)
      y = this.#attentionBlock(y, `${side}_block.attention_blocks.${i}`)
    }
    return y
  }

  /** [batch × cells × hiddenWidth] */
  layers(x: Value): Value {
    let y = x
    for (let i = 0; i < this.#config.layerCount; i++) y = this.#layer(y, `transformer_layers.${i}`)
    return y
  }

  #residualBlock(x: Value, name: string): Value {
    const { blockWidth: width, epsilon } = this.#config
    const depthwise = this.#weights.get(`${name}.depthwise.weight`, [width, 1, 3, 3])
    const mixed = channelsLast(convolve(channelsFirst(x), depthwise, null, { pads: [1, 1, 1, 1], groups: width }))
    const normed = rmsNorm(mixed, this.#weights.get(`${name}.norm.weight`, [width]), epsilon)
    const wide = gelu(this.#weights.linear(normed, `${name}.channelwise_linear_1`, 4 * width))
    const narrow = this.#weights.linear(this.#responseNorm(wide, `${name}.channelwise_norm`), `${name}.channelwise_linear_2`, width)
    // Unlike in the layers, the sum is modulated, not what is added.
    return this.#modulate(add(narrow, x), `${name}.cond_embeds_mapper`)
  }

  /** Global response normalisation (ConvNeXt V2, Woo et al. 2023) of [batch × rows × columns × width]. */
  #responseNorm(x: Value, name: string): Value {
    const width = x.dims[3] as number
    const response = squareRoot(sum(multiply(x, x), [1, 2]))
    const relative = divide(response, add(mean(response, -1), BLOCK_EPSILON))
    const gamma = this.#weights.get(`${name}.gamma`, [1, 1, 1, width])
    return add(add(multiply(gamma, multiply(x, relative)), this.#weights.get(`${name}.beta`, [1, 1, 1, width])), x)
  }

  /** Two attentions to the text and none to the picture. */
  #attentionBlock(x: Value, name: string): Value {
    const { blockWidth: width, blockHeadCount } = this.#config
    const [batch, rows, columns] = x.dims as readonly [string, string, string]
    let cells = reshape(x, [batch, product(rows, columns), width])
    for (const i of [1, 2]) {
      const normed = rmsNorm(cells, this.#weights.get(`${name}.norm${i}.weight`, [width]), BLOCK_EPSILON)
      cells = add(cells, this.#attendToText(normed, `${name}.attn${i}`, blockHeadCount))
    }
    return reshape(cells, x.dims)
  }

  #layer(x: Value, name: string): Value {
    const { hiddenWidth: width, feedForwardWidth } = this.#config
    const rms = (y: Value, norm: string) => this.#modulate(
      rmsNorm(y, this.#weights.get(`${name}.${norm}.norm.weight`, [width]), this.#config.epsilon), `${name}.${norm}.linear`,
    )
    let y = add(x, this.#attendToSelf(rms(x, 'norm1'), `${name}.attn1`))
    y = add(y, this.#attendToText(rms(y, 'norm2'), `${name}.attn2`, this.#config.headCount))
    // The third norm subtracts the mean, the others do not.
    const centred = normalizeLast(y, this.#weights.get(`${name}.norm3.norm.weight`, [width]), null, this.#config.epsilon)
    const wide = this.#weights.linear(this.#modulate(centred, `${name}.norm3.linear`), `${name}.ff.net.0.proj`, 2 * feedForwardWidth)
    const [value, gate] = split(wide, 2, [feedForwardWidth, feedForwardWidth])
    return add(y, this.#weights.linear(multiply(value!, gelu(gate!)), `${name}.ff.net.2`, width))
  }

  #attendToSelf(x: Value, name: string): Value {
    const { hiddenWidth: width, headCount } = this.#config
    const linear = (part: string) => this.#weights.linear(x, `${name}.${part}`, width)
    const queries = multiply(splitHeads(linear('to_q'), headCount), (width / headCount) ** -0.5)
    const attended = attend(queries, splitKeyHeads(linear('to_k'), headCount), splitHeads(linear('to_v'), headCount))
    return this.#weights.linear(mergeHeads(attended), `${name}.to_out.0`, width)
  }

  #attendToText(x: Value, name: string, headCount: number): Value {
    const width = x.dims[2] as number
    const queries = splitHeads(this.#weights.linear(x, `${name}.to_q`, width), headCount)
    const attended = attend(queries, this.#conditioning.keys.get(name)!, this.#conditioning.values.get(name)!)
    return this.#weights.linear(mergeHeads(attended), `${name}.to_out.0`, width)
  }

  /** x · factor + shift, the same for all cells of a member of the batch. */
  #modulate(x: Value, layer: string): Value {
    const width = x.dims.at(-1)!
    const dims = ['batch', ...x.dims.slice(1, -1).map(() => 1), width]
    const [factor, shift] = this.#conditioning.modulations.get(layer)!
    return add(multiply(x, reshape(factor, dims)), reshape(shift, dims))
  }
}
