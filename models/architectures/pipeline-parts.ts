import { z } from 'zod'
import { CheckpointError } from '../checkpoint/checkpoint-error.ts'
import { readJsonFile, requirePart, type Checkpoint, type CheckpointPart } from '../checkpoint/open-checkpoint.ts'
import { readFloats } from '../checkpoint/read-tensor.ts'
import type { PackDraft } from '../importing/pack-draft.ts'
import type { Pack, PackGrids } from '../importing/pack.ts'
import type { VqTokenizer } from '../runtime/vq-tokenizer.ts'
import { buildClipText, CLIP_TEXT_BUFFERS, readClipTextConfig, type ClipTextConfig } from './clip-text.ts'
import { readClipTokenizerFiles } from './clip-tokenizer-files.ts'
import { fitCodebookColors } from './codebook-color-fit.ts'
import { checkConfig, parseConfig } from './parse-config.ts'
import { buildVqDecoder, buildVqEncoder, readVqModelConfig, type VqModelConfig } from './vq-model.ts'

/** The parts of a published pipeline that aMUSEd and Meissonic have in common. */

export const TEXT_ENCODER_GRAPH = 'text-encoder.onnx'
const VQ_ENCODER_GRAPH = 'vq-encoder.onnx'
const VQ_DECODER_GRAPH = 'vq-decoder.onnx'

/** @throws {CheckpointError} */
export async function draftClipText(
  draft: PackDraft, checkpoint: Checkpoint,
): Promise<{ config: ClipTextConfig; textEncoder: Pack['textEncoder'] }> {
  const part = requirePart(checkpoint, 'text_encoder')
  const config = readClipTextConfig(part.config, 'text_encoder/config.json')
  draft.addGraphs(part, { [TEXT_ENCODER_GRAPH]: (graph, weights) => buildClipText(graph, weights, config) }, CLIP_TEXT_BUFFERS)
  const { settings, vocabularyText, mergesText } = await readClipTokenizerFiles(checkpoint.folder, config.vocab_size)
  draft.write(settings.vocabulary, vocabularyText)
  draft.write(settings.merges, mergesText)
  return {
    config,
    textEncoder: {
      graph: TEXT_ENCODER_GRAPH, tokenizer: settings, maxTokens: config.max_position_embeddings, width: config.hidden_size,
    },
  }
}

/** @throws {CheckpointError} */
export function draftVqModel(draft: PackDraft, checkpoint: Checkpoint) {
  const part = requirePart(checkpoint, 'vqvae')
  const config = readVqModelConfig(part.config, 'vqvae/config.json')
  draft.addGraphs(part, {
    [VQ_ENCODER_GRAPH]: (graph, weights) => buildVqEncoder(graph, weights, config),
    [VQ_DECODER_GRAPH]: (graph, weights) => buildVqDecoder(graph, weights, config),
  })
  const codes = part.tensors.get('quantize.embedding.weight')!
  return {
    config,
    stage: {
      downsampleFactor: config.downsampleFactor, codebookSize: config.codebookSize,
      vqEncoder: VQ_ENCODER_GRAPH, vqDecoder: VQ_DECODER_GRAPH,
    },
    async findCodebookColors(tokenizer: VqTokenizer): Promise<Float32Array> {
      return fitCodebookColors(tokenizer, await readFloats(codes))
    },
  } satisfies { config: VqModelConfig; stage: object; findCodebookColors: object }
}

/** How far beyond its training size a model still draws well: about one and a half times, in each direction. */
const LARGEST_AREA = 1.5 ** 2

export function hasTensors({ parts }: Checkpoint, names: readonly string[]): boolean {
  return [...parts.values()].some(({ tensors }) => names.every((name) => tensors.has(name)))
}

/** @throws {CheckpointError} 'file-missing' */
export function requireTransformer(checkpoint: Checkpoint): CheckpointPart {
  if (checkpoint.parts.has('')) {
    throw new CheckpointError('file-missing', 'text_encoder, vqvae', 'only the transformer is here, as fine-tunes are often published')
  }
  return requirePart(checkpoint, 'transformer')
}

export function gridsOf({ gridSide, isGridHalved }: { readonly gridSide: number; readonly isGridHalved: boolean }): PackGrids {
  return {
    kind: 'free', rows: gridSide, columns: gridSide,
    multipleOf: isGridHalved ? 2 : 1, maxTokens: Math.floor(LARGEST_AREA * gridSide ** 2),
  }
}

/** @throws {CheckpointError} when it is no row of the embedding, or one of the codes. */
export async function readMaskToken(
  { folder }: Checkpoint, { vocabularySize, codebookSize }: { readonly vocabularySize: number; readonly codebookSize: number },
): Promise<number> {
  const name = 'scheduler/scheduler_config.json'
  const schema = z.object({ mask_token_id: z.number().int().default(vocabularySize - 1) })
  const { mask_token_id: maskToken } = parseConfig(schema, await readJsonFile(folder, name) ?? {}, name)
  checkConfig(name, [[
    maskToken >= codebookSize && maskToken < vocabularySize,
    `mask_token_id is ${maskToken}, which is not between the ${codebookSize} codes and the vocabulary's ${vocabularySize}`,
  ]])
  return maskToken
}
