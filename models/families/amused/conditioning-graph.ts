import { add, multiply } from '../../onnx/arithmetic.ts'
import { concatenate, reshape, split } from '../../onnx/arrangement.ts'
import type { Graph, Value } from '../../onnx/graph.ts'
import type { GraphWeights } from '../../onnx/graph-weights.ts'
import { rmsNorm, silu, splitHeads, splitKeyHeads } from '../../onnx/layers.ts'
import { MICRO_VALUE_COUNT, type UVitConfig } from './u-vit-config.ts'

/**
 * Everything the transformer derives from the prompt and the picture's size alone, so that it is computed once and not
 * at every decode step.
 */

/** Where a scale and a shift of the conditioning are used, in the order in which the graph gives them. */
export interface Modulation {
  /** Of the linear layer that makes both. */
  readonly layer: string
  readonly width: number
}

export function modulationsOf({ blockCount, blockWidth, layerCount, hiddenWidth }: UVitConfig): Modulation[] {
  const ofBlocks = (side: string) => range(blockCount).map((i) => ({
    layer: `${side}_block.res_blocks.${i}.cond_embeds_mapper`, width: blockWidth,
  }))
  const ofLayers = range(layerCount).flatMap((i) => ['norm1', 'norm2', 'norm3'].map((norm) => ({
    layer: `transformer_layers.${i}.${norm}.linear`, width: hiddenWidth,
  })))
  return [...ofBlocks('down'), ...ofLayers, ...ofBlocks('up')]
}

/** The attentions to the text, in the order in which the graph gives their keys and values. */
export function textAttentionsOf({ blockCount, layerCount }: UVitConfig): { blocks: string[]; layers: string[] } {
  const blocks = ['down', 'up'].flatMap((side) => range(blockCount).flatMap((i) =>
    ['attn1', 'attn2'].map((attention) => `${side}_block.attention_blocks.${i}.${attention}`)))
  return { blocks, layers: range(layerCount).map((i) => `transformer_layers.${i}.attn2`) }
}

/**
 * `hidden` [batch × words × textWidth], `word_weights` [batch × words], `pooled` [batch × pooledWidth] and `micro` [batch × 5 · microWidth], the encoded
 * micro-conditioning → `modulations` [batch × Σ 2 · width], each a factor and a shift; `block_keys`, `block_values`,
 * `layer_keys`, `layer_values` [batch × attentions × heads × …], the keys already divided by √width.
 */
export function buildConditioning(graph: Graph, weights: GraphWeights, config: UVitConfig): void {
  const { hiddenWidth, epsilon } = config
  const hidden = graph.input('hidden', 'float32', ['batch', 'words', config.textWidth])
  const wordWeights = graph.input('word_weights', 'float32', ['batch', 'words'])
  const pooled = graph.input('pooled', 'float32', ['batch', config.pooledWidth])
  const micro = graph.input('micro', 'float32', ['batch', MICRO_VALUE_COUNT * config.microWidth])

  const projected = weights.linear(hidden, 'encoder_proj', hiddenWidth)
  const normed = rmsNorm(projected, weights.get('encoder_proj_layer_norm.weight', [hiddenWidth]), epsilon)
  const text = multiply(normed, reshape(wordWeights, ['batch', 'words', 1]))
  const joined = silu(weights.linear(concatenate([pooled, micro], 1), 'cond_embed.linear_1', hiddenWidth))
  const condition = silu(weights.linear(joined, 'cond_embed.linear_2', hiddenWidth))

  graph.output('modulations', concatenate(modulationsOf(config).flatMap(({ layer, width }) => {
    const [scale, shift] = split(weights.linear(condition, layer, 2 * width), 1, [width, width])
    return [add(scale!, 1), shift!]
  }) as [Value, ...Value[]], 1))

  const { blocks, layers } = textAttentionsOf(config)
  const blockTexts = textsForBlocks(text, blocks, weights, config)
  writeKeysAndValues(blocks, 'block', config.blockWidth, config.blockHeadCount, (attention) => blockTexts.get(blockOf(attention))!)
  writeKeysAndValues(layers, 'layer', hiddenWidth, config.headCount, () => text)

  function writeKeysAndValues(
    attentions: readonly string[], output: string, width: number, headCount: number, textFor: (attention: string) => Value,
  ): void {
    const keys = attentions.map((name) => {
      const key = weights.linear(textFor(name), `${name}.to_k`, width)
      return addAxis(splitKeyHeads(multiply(key, (width / headCount) ** -0.5), headCount))
    })
    const values = attentions.map((name) => addAxis(splitHeads(weights.linear(textFor(name), `${name}.to_v`, width), headCount)))
    graph.output(`${output}_keys`, concatenate(keys as [Value, ...Value[]], 1))
    graph.output(`${output}_values`, concatenate(values as [Value, ...Value[]], 1))
  }
}

/**
 * The text as each attention block sees it. Where blocks are as wide as the layers there is no mapper, and no activation
 * before it.
 */
function textsForBlocks(
  text: Value, attentions: readonly string[], weights: GraphWeights, { hiddenWidth, blockWidth }: UVitConfig,
): ReadonlyMap<string, Value> {
  const activated = hiddenWidth === blockWidth ? null : silu(text)
  const blocks = new Set(attentions.map(blockOf))
  return new Map([...blocks].map((block) =>
    [block, activated === null ? text : weights.linear(activated, `${block}.kv_mapper`, blockWidth)]))
}

/** `…attention_blocks.2.attn1` → `…attention_blocks.2` */
function blockOf(attention: string): string {
  return attention.slice(0, attention.lastIndexOf('.'))
}

/** [batch × …] → [batch × 1 × …] */
function addAxis(x: Value): Value {
  const [batch, ...rest] = x.dims
  return reshape(x, [batch!, 1, ...rest])
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}
