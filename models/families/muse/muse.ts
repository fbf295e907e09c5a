import { PackError } from '../../importing/pack-error.ts'
import type { PackStage } from '../../importing/pack.ts'
import type { SessionLoader } from '../../runtime/session.ts'
import { openTextTokenizer } from '../../runtime/text-tokenizers/text-tokenizers.ts'
import { windowedVqTokenizer } from '../../runtime/windowed-vq-tokenizer.ts'
import type { Family, Stage } from '../family.ts'
import { readMuseSettings, type TokenShape } from './muse-settings.ts'
import { museRanker, RANKER_FACE } from './muse-ranker.ts'
import { museTextEncoder, TEXT_ENCODER_FACE } from './muse-text-encoder.ts'
import { FINER_TRANSFORMER_FACE, FIRST_TRANSFORMER_FACE, museTransformer } from './muse-transformer.ts'
import { museVqCodec, VQ_DECODER_FACE, VQ_ENCODER_FACE } from './muse-vq-codec.ts'
import { openGraph, type GraphFace } from '../open-graph.ts'

/**
 * Our own packs: the parts of Muse (Chang et al. 2023), trained small: a masked transformer for each stage of the cascade,
 * whose stages may share their VQ graphs. Exported by models/training.
 */
export const muse: Family = {
  id: 'muse',
  name: 'Muse',

  async load(pack, folder, sessions, onProgress) {
    const { tokenShape } = readMuseSettings(pack)
    const tokenizer = await openTextTokenizer(pack, folder)
    const stages: Stage[] = []
    for (const stage of pack.stages) {
      const reportStage = (share: number) => onProgress((0.9 * (stages.length + share)) / pack.stages.length)
      const face = stages.length === 0 ? FIRST_TRANSFORMER_FACE : FINER_TRANSFORMER_FACE
      stages.push(await loadStage(stage, face, tokenShape, folder, sessions, reportStage))
    }
    const textEncoder = await openGraph(sessions, folder, pack.textEncoder.graph, TEXT_ENCODER_FACE)
    const loaded = { pack, textEncoder: museTextEncoder(textEncoder, tokenizer), stages }
    const ranker = pack.ranker && museRanker(await openGraph(sessions, folder, pack.ranker.graph, RANKER_FACE), pack.ranker.imageSize)
    onProgress(1)
    return ranker === null ? loaded : { ...loaded, ranker }
  },

  readPrompts: openTextTokenizer,
}

async function loadStage(
  stage: PackStage,
  face: GraphFace,
  tokenShape: TokenShape,
  folder: string,
  sessions: SessionLoader,
  onProgress: (share: number) => void,
): Promise<Stage> {
  const transformer = await openGraph(sessions, folder, stage.transformer, face)
  if (face === FINER_TRANSFORMER_FACE && !transformer.inputNames.includes('coarse')) {
    throw new PackError('graph-unreadable', stage.transformer, 'takes no coarse tokens, as a finer stage must')
  }
  onProgress(0.5)
  const decoder = await openGraph(sessions, folder, stage.vqDecoder, VQ_DECODER_FACE)
  onProgress(0.75)
  const encoder = await openGraph(sessions, folder, stage.vqEncoder, VQ_ENCODER_FACE)
  onProgress(1)
  return {
    transformer: museTransformer(transformer, stage, tokenShape),
    tokenizer: windowedVqTokenizer(museVqCodec(encoder, decoder, stage, tokenShape), stage.grids, stage.decoderReach),
  }
}
