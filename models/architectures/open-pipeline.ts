import { readFile } from 'node:fs/promises'
import type { LoadedPack } from '../families/family.ts'
import { openGraph, openGraphLater, type GraphFace } from '../families/open-graph.ts'
import { packFilePath } from '../importing/open-pack.ts'
import { PackError } from '../importing/pack-error.ts'
import type { Pack, PackAdapter, PackStage } from '../importing/pack.ts'
import type { MaskedTransformer } from '../runtime/masked-transformer.ts'
import { NO_DEMANDS, withFeed, type GraphDemands, type Session, type SessionLoader } from '../runtime/session.ts'
import { openTextTokenizer } from '../runtime/text-tokenizers/text-tokenizers.ts'
import type { VqCodec } from '../runtime/vq-codec.ts'
import type { VqTokenizer } from '../runtime/vq-tokenizer.ts'
import { windowedVqTokenizer } from '../runtime/windowed-vq-tokenizer.ts'
import { STRENGTH_INPUT } from '../onnx/low-rank-branches.ts'
import { tensor } from '../tensor/tensor.ts'
import { clipTextEncoder, CLIP_TEXT_FACE } from './clip-text-encoder.ts'
import { VQ_DECODER_FACE, VQ_ENCODER_FACE, vqModelCodec } from './vq-model-codec.ts'

/** The graphs of the transformer, which the families do not have in common. */
export interface TransformerGraphs {
  readonly conditioning: { readonly file: string; readonly face: GraphFace }
  readonly stepFace: GraphFace
  create(conditioning: Session, step: Session, stage: PackStage): MaskedTransformer
}

/**
 * Opens a pack made of a published pipeline of one stage: CLIP's text encoder, a transformer in two graphs, a VQ model.
 *
 * @throws {PackError}
 */
export async function openPipeline(
  pack: Pack, folder: string, sessions: SessionLoader, onProgress: (share: number) => void, transformer: TransformerGraphs,
): Promise<LoadedPack> {
  const [stage, ...finer] = pack.stages
  if (stage === undefined || finer.length > 0) {
    throw new PackError('description-invalid', 'pack.json', `${pack.stages.length} stages instead of one`)
  }
  const { adapter } = sessions
  const adapted = adapter === undefined ? {} : findAdapter(pack, adapter.id).graphs
  const demandsOf = (file: string) => ({ ...NO_DEMANDS, externalWeightBytes: pack.externalWeightBytes?.[file] ?? 0 })
  const open = async (base: string, face: GraphFace, wishes: Partial<GraphDemands>) => {
    const file = adapted[base] ?? base
    const demands = { ...demandsOf(file), ...wishes }
    if (adapter === undefined || file === base) return openGraph(sessions, folder, file, face, demands)
    const styled = await openGraph(sessions, folder, file, { ...face, inputs: [...face.inputs, STRENGTH_INPUT] }, demands)
    return withFeed(styled, STRENGTH_INPUT, tensor('float32', [], Float32Array.of(adapter.strength)))
  }
  const tokenizer = await openTextTokenizer(pack, folder)
  // What runs once a prompt is not worth packing.
  const oncePerPrompt = { areWeightsMapped: true, isBrief: true }
  const textEncoder = await open(pack.textEncoder.graph, CLIP_TEXT_FACE, oncePerPrompt)
  onProgress(0.15)
  const conditioning = await open(transformer.conditioning.file, transformer.conditioning.face, oncePerPrompt)
  onProgress(0.25)
  const variant = sessions.precision === undefined || sessions.precision === 'f32' ? undefined : stage.variants?.[sessions.precision]
  // In full precision the weights are too large to be kept twice; in fewer bits packing pays.
  const step = await open(variant ?? stage.transformer, transformer.stepFace, { areWeightsMapped: variant === undefined })
  // Words to pictures need no encoder, and the first steps no decoder.
  const [encoder, decoder] = ([[stage.vqEncoder, VQ_ENCODER_FACE], [stage.vqDecoder, VQ_DECODER_FACE]] as const).map(([file, face]) =>
    openGraphLater(sessions, folder, file, face, { ...demandsOf(file), isBrief: true }),
  )
  const codec = vqModelCodec(encoder!, decoder!, stage)
  onProgress(1)
  return {
    pack,
    textEncoder: clipTextEncoder(textEncoder, tokenizer),
    stages: [{ transformer: transformer.create(conditioning, step, stage), tokenizer: openVqTokenizer(codec, stage, folder) }],
  }
}

/** @throws {PackError} 'adapter-missing' */
function findAdapter({ adapters }: Pack, id: string): PackAdapter {
  const found = adapters.find((adapter) => adapter.id === id)
  if (found === undefined) throw new PackError('adapter-missing', null, id)
  return found
}

function openVqTokenizer(codec: VqCodec, stage: PackStage, folder: string): VqTokenizer {
  const tokenizer = windowedVqTokenizer(codec, stage.grids, stage.decoderReach)
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
