import { z } from 'zod'
import { add, argMax, cast, equal, multiply } from '../onnx/arithmetic.ts'
import { gather, pickPerBatch } from '../onnx/arrangement.ts'
import type { Graph, Value } from '../onnx/graph.ts'
import type { GraphWeights } from '../onnx/graph-weights.ts'
import { attend, gelu, mergeHeads, quickGelu, splitHeads, splitKeyHeads } from '../onnx/layers.ts'
import { normalizeLast } from '../onnx/products.ts'
import type { JsonObject } from '../checkpoint/open-checkpoint.ts'
import { checkConfig, parseConfig, size } from './parse-config.ts'

/** CLIP's text tower with its projection (`CLIPTextModelWithProjection` of transformers). */
const clipTextSchema = z.object({
  hidden_size: size(),
  intermediate_size: size(),
  num_hidden_layers: size(),
  num_attention_heads: size(),
  max_position_embeddings: size(),
  vocab_size: size(),
  projection_dim: size(),
  layer_norm_eps: z.number().positive(),
  hidden_act: z.enum(['quick_gelu', 'gelu']),
  eos_token_id: z.number().int(),
})
export type ClipTextConfig = z.infer<typeof clipTextSchema>

const ACTIVATIONS: Readonly<Record<ClipTextConfig['hidden_act'], (x: Value) => Value>> = { quick_gelu: quickGelu, gelu }

/**
 * The end-of-text id in configs saved before transformers 4.30, whatever the vocabulary. There the end of the text is the
 * largest id, which it is in CLIP's own vocabulary.
 */
const HISTORIC_EOS_ID = 2

/** Buffers that some versions save beside the weights. */
export const CLIP_TEXT_BUFFERS: readonly string[] = ['text_model.embeddings.position_ids']

/** Low enough that its exponential is 0, and finite, so that no NaN can come of it. */
const NOT_SEEN = -3e38

/** @throws {CheckpointError} */
export function readClipTextConfig(config: JsonObject, name: string): ClipTextConfig {
  const parsed = parseConfig(clipTextSchema, config, name)
  checkConfig(name, [
    [parsed.hidden_size % parsed.num_attention_heads === 0, 'hidden_size is not a multiple of num_attention_heads'],
    [parsed.num_hidden_layers >= 2, 'a text encoder of one layer has no second to last'],
  ])
  return parsed
}

/**
 * `ids` int64 [batch × maxPositions] → `hidden` [batch × maxPositions × hiddenSize], the states before the last layer
 * without a final norm, and `pooled` [batch × projectionDim], the projected state at the first end of the text.
 */
export function buildClipText(graph: Graph, weights: GraphWeights, config: ClipTextConfig): void {
  const { hidden_size: width, max_position_embeddings: length, num_hidden_layers: layerCount } = config
  const ids = graph.input('ids', 'int64', ['batch', length])
  const words = gather(weights.get(`${EMBEDDINGS}.token_embedding.weight`, [config.vocab_size, width]), ids, 0)
  let x = add(words, weights.get(`${EMBEDDINGS}.position_embedding.weight`, [length, width]))
  const attentionMask = causalMask(graph, length)
  for (let layer = 0; layer < layerCount; layer++) {
    if (layer === layerCount - 1) graph.output('hidden', x)
    x = encoderLayer(x, weights, `text_model.encoder.layers.${layer}`, config, attentionMask)
  }
  const end = pickPerBatch(norm(x, weights, 'text_model.final_layer_norm', config), endOfText(ids, config))
  graph.output('pooled', weights.linear(end, 'text_projection', config.projection_dim))
}

const EMBEDDINGS = 'text_model.embeddings'

function encoderLayer(x: Value, weights: GraphWeights, name: string, config: ClipTextConfig, attentionMask: Value): Value {
  const { hidden_size: width, num_attention_heads: heads } = config
  const linear = (input: Value, part: string, outWidth: number) => weights.linear(input, `${name}.${part}`, outWidth, { hasBias: true })

  const normed = norm(x, weights, `${name}.layer_norm1`, config)
  const queries = multiply(splitHeads(linear(normed, 'self_attn.q_proj', width), heads), (width / heads) ** -0.5)
  const keys = splitKeyHeads(linear(normed, 'self_attn.k_proj', width), heads)
  const values = splitHeads(linear(normed, 'self_attn.v_proj', width), heads)
  const attended = mergeHeads(attend(queries, keys, values, attentionMask))
  const y = add(x, linear(attended, 'self_attn.out_proj', width))

  const wide = linear(norm(y, weights, `${name}.layer_norm2`, config), 'mlp.fc1', config.intermediate_size)
  return add(y, linear(ACTIVATIONS[config.hidden_act](wide), 'mlp.fc2', width))
}

function norm(x: Value, weights: GraphWeights, name: string, { hidden_size: width, layer_norm_eps: epsilon }: ClipTextConfig): Value {
  return normalizeLast(x, weights.get(`${name}.weight`, [width]), weights.get(`${name}.bias`, [width]), epsilon)
}

/** Each word sees itself and those before it: [length × length]. */
function causalMask(graph: Graph, length: number): Value {
  const seen = Array.from({ length: length * length }, (_, i) => (i % length > Math.floor(i / length) ? NOT_SEEN : 0))
  return graph.constant('float32', [length, length], seen)
}

/** The position of the first end of the text, int64 [batch]. */
function endOfText(ids: Value, { eos_token_id: eosId }: ClipTextConfig): Value {
  if (eosId === HISTORIC_EOS_ID) return argMax(ids, 1)
  return argMax(cast(equal(ids, ids.graph.constant('int64', [], [eosId])), 'int32'), 1)
}
