import { readFile } from 'node:fs/promises'
import { clipTextEncoder, CLIP_TEXT_FACE } from '../../architectures/clip-text-encoder.ts'
import { VQ_DECODER_FACE, VQ_ENCODER_FACE, vqModelCodec } from '../../architectures/vq-model-codec.ts'
import { packFilePath } from '../../importing/open-pack.ts'
import { PackError } from '../../importing/pack-error.ts'
import type { PackStage } from '../../importing/pack.ts'
import { openTextTokenizer } from '../../runtime/text-tokenizers/text-tokenizers.ts'
import type { VqCodec } from '../../runtime/vq-codec.ts'
import type { VqTokenizer } from '../../runtime/vq-tokenizer.ts'
import { windowedVqTokenizer } from '../../runtime/windowed-vq-tokenizer.ts'
import type { Family } from '../family.ts'
import { openGraph, type GraphFace } from '../open-graph.ts'
import { amusedImporter } from './amused-importer.ts'
import { readAmusedSettings } from './amused-settings.ts'
import { AmusedTransformer, CONDITIONING_FACE, STEP_FACE } from './amused-transformer.ts'

/** aMUSEd (Patil et al. 2024), the open Muse: a U-ViT over 16-pixel tokens, told of the prompt by CLIP. */
export const amused: Family = {
  id: 'amused',
  importer: amusedImporter,

  async load(pack, folder, sessions, onProgress) {
    const [stage, ...finer] = pack.stages
    if (stage === undefined || finer.length > 0) {
      throw new PackError('description-invalid', 'pack.json', `${pack.stages.length} stages instead of one`)
    }
    const settings = readAmusedSettings(pack)
    const tokenizer = await openTextTokenizer(pack, folder)
    const open = (file: string, face: GraphFace) =>
      openGraph(sessions, folder, file, face, { externalWeightBytes: pack.externalWeightBytes?.[file] ?? 0 })
    const textEncoder = await open(pack.textEncoder.graph, CLIP_TEXT_FACE)
    onProgress(0.15)
    const conditioning = await open(settings.conditioning, CONDITIONING_FACE)
    onProgress(0.25)
    const step = await open(stage.transformer, STEP_FACE)
    onProgress(0.8)
    const codec = vqModelCodec(await open(stage.vqEncoder, VQ_ENCODER_FACE), await open(stage.vqDecoder, VQ_DECODER_FACE), stage)
    onProgress(1)
    return {
      pack,
      textEncoder: clipTextEncoder(textEncoder, tokenizer),
      stages: [{ transformer: new AmusedTransformer(conditioning, step, stage, settings.microWidth), tokenizer: openVqTokenizer(codec, stage, folder) }],
    }
  },

  readPrompts: openTextTokenizer,
}

function openVqTokenizer(codec: VqCodec, stage: PackStage, folder: string): VqTokenizer {
  const tokenizer = windowedVqTokenizer(codec, stage.grids)
  const { codebookColors } = stage
  if (codebookColors === undefined) return tokenizer
  return { ...tokenizer, codebookColors: () => readCodebookColors(folder, codebookColors, stage.codebookSize) }
}

/** @throws {PackError} 'file-size-differs' */
async function readCodebookColors(folder: string, name: string, codebookSize: number): Promise<Float32Array> {
  const bytes = await readFile(packFilePath(folder, name))
  if (bytes.length !== codebookSize * 12) throw new PackError('file-size-differs', name, `${bytes.length} bytes`)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}
