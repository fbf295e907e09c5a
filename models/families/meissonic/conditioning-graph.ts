import { concatenate } from '../../onnx/arrangement.ts'
import type { Graph, Value } from '../../onnx/graph.ts'
import type { GraphWeights } from '../../onnx/graph-weights.ts'
import { rmsNorm, silu } from '../../onnx/layers.ts'
import { EPSILON, MICRO_WIDTH, type MeissonicConfig } from './meissonic-config.ts'

const MICRO_VALUE_COUNT = 5
const WITH_BIAS = { hasBias: true }

/**
 * What does not change from step to step: `hidden` [batch × words × textWidth], `pooled` [batch × pooledWidth] and
 * `micro` [batch × 1280] → `text` [batch × words × width] and `condition` [batch × width].
 */
export function buildConditioning(graph: Graph, weights: GraphWeights, { width, textWidth, pooledWidth }: MeissonicConfig): void {
  const hidden = graph.input('hidden', 'float32', ['batch', 'words', textWidth])
  const pooled = graph.input('pooled', 'float32', ['batch', pooledWidth])
  const micro = graph.input('micro', 'float32', ['batch', MICRO_VALUE_COUNT * MICRO_WIDTH])
  const text = weights.linear(hidden, 'context_embedder', width, WITH_BIAS)
  graph.output('text', rmsNorm(text, weights.get('encoder_proj_layer_norm.weight', [width]), EPSILON))
  const inner = silu(weights.linear(concatenate([pooled, micro], 1), 'cond_embed.linear_1', width))
  graph.output('condition', embed(weights.linear(inner, 'cond_embed.linear_2', width), weights, 'time_text_embed.text_embedder', width))
}

/** Two linear layers with an activation between them. */
export function embed(x: Value, weights: GraphWeights, name: string, width: number): Value {
  return weights.linear(silu(weights.linear(x, `${name}.linear_1`, width, WITH_BIAS)), `${name}.linear_2`, width, WITH_BIAS)
}
