import { requirePart, type Checkpoint } from '../checkpoint/open-checkpoint.ts'
import { readFloats } from '../checkpoint/read-tensor.ts'
import type { PackDraft } from '../importing/pack-draft.ts'
import type { Pack } from '../importing/pack.ts'
import type { VqTokenizer } from '../runtime/vq-tokenizer.ts'
import { buildClipText, CLIP_TEXT_BUFFERS, readClipTextConfig, type ClipTextConfig } from './clip-text.ts'
import { readClipTokenizerFiles } from './clip-tokenizer-files.ts'
import { fitCodebookColors } from './codebook-color-fit.ts'
import { buildVqDecoder, buildVqEncoder, readVqModelConfig, type VqModelConfig } from './vq-model.ts'

/** The parts of a published pipeline that aMUSEd and Meissonic have in common. */

const TEXT_ENCODER_GRAPH = 'text-encoder.onnx'
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
