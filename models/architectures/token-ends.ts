import { multiply, sum } from '../onnx/arithmetic.ts'
import { channelsFirst, channelsLast, gather, reshape } from '../onnx/arrangement.ts'
import { product } from '../onnx/dims.ts'
import type { Value } from '../onnx/graph.ts'
import type { GraphWeights } from '../onnx/graph-weights.ts'
import { rmsNorm } from '../onnx/layers.ts'
import { convolve, spread } from '../onnx/products.ts'

/**
 * The two ends of aMUSEd's transformer, which Meissonic took over: from tokens to features and from features to logits,
 * with the halving and doubling of the grid that lie next to them. Features are [batch × rows × columns × width].
 */

/** @param tokens  int64 [1 × rows × columns] */
export function embedTokens(tokens: Value, weights: GraphWeights, vocabularySize: number, inWidth: number, width: number, epsilon: number): Value {
  const rows = gather(weights.get('embed.embeddings.weight', [vocabularySize, inWidth]), tokens, 0)
  const normed = rmsNorm(rows, weights.get('embed.layer_norm.weight', [inWidth]), epsilon)
  return weights.linear(normed, 'embed.conv', width, { isConvolution: true })
}

/** Joins every 2 × 2 cells. The grid has even sides, so that the class's padding is never read. */
export function halveGrid(x: Value, weights: GraphWeights, name: string, width: number, epsilon: number): Value {
  const normed = rmsNorm(x, weights.get(`${name}.norm.weight`, [width]), epsilon)
  const weight = weights.get(`${name}.conv.weight`, [width, width, 2, 2])
  return channelsLast(convolve(channelsFirst(normed), weight, null, { stride: 2 }))
}

/** Makes 2 × 2 cells of each. */
export function doubleGrid(x: Value, weights: GraphWeights, name: string, width: number, epsilon: number): Value {
  const normed = rmsNorm(x, weights.get(`${name}.norm.weight`, [width]), epsilon)
  return channelsLast(spread(channelsFirst(normed), weights.get(`${name}.conv.weight`, [width, width, 2, 2]), null))
}

/** What the head needs besides the features. */
export interface HeadInputs {
  /** int64 [masked]: row-major positions whose logits are asked for. */
  readonly positions: Value
  /** float32 [batch]: the share of each conditioning. They sum to 1. */
  readonly shares: Value
}

/**
 * Σ share · logits at the positions asked for: [masked × codebookSize].
 *
 * The last layer is linear, so the conditionings are added up before it: its cost, a twentieth of a step at 512 pixels,
 * is paid once and only for tokens that are still masked.
 */
export function predictLogits(
  x: Value,
  { positions, shares }: HeadInputs,
  weights: GraphWeights,
  { width, codebookSize, epsilon }: { width: number; codebookSize: number; epsilon: number },
): Value {
  const [batch, rows, columns, channels] = x.dims
  const masked = gather(reshape(x, [batch!, product(rows!, columns!), channels!]), positions, 1)
  const inner = weights.linear(masked, 'mlm_layer.conv1', width, { isConvolution: true })
  const normed = rmsNorm(inner, weights.get('mlm_layer.layer_norm.weight', [width]), epsilon)
  const weighed = sum(multiply(normed, reshape(shares, [batch!, 1, 1])), [0])
  const joined = reshape(weighed, [positions.dims[0]!, width])
  return weights.linear(joined, 'mlm_layer.conv2', codebookSize, { isConvolution: true })
}
