import { PackError } from '../../importing/pack-error.ts'
import type { PackStage } from '../../importing/pack.ts'
import type { SessionLoader } from '../../runtime/session.ts'
import { openTextTokenizer } from '../../runtime/text-tokenizers/text-tokenizers.ts'
import { windowedVqTokenizer } from '../../runtime/windowed-vq-tokenizer.ts'
import type { Family, Stage } from '../family.ts'
import { museTextEncoder, TEXT_ENCODER_FACE } from './muse-text-encoder.ts'
import { museTransformer, TRANSFORMER_FACE } from './muse-transformer.ts'
import { museVqCodec, VQ_DECODER_FACE, VQ_ENCODER_FACE } from './muse-vq-codec.ts'
import { openGraph } from '../open-graph.ts'

/**
 * Our own packs: the parts of Muse (Chang et al. 2023), trained small. Four graphs a stage at most, exported by
 * models/training.
 */
export const muse: Family = {
  id: 'muse',

  async load(pack, folder, sessions, onProgress) {
    const [stage, ...finer] = pack.stages
    // Super-resolution stages need inputs that no published pack of this family has yet.
    if (stage === undefined || finer.length > 0) {
      throw new PackError('description-invalid', 'pack.json', `${pack.stages.length} stages; this version takes one`)
    }
    const tokenizer = await openTextTokenizer(pack, folder)
    const loadedStage = await loadStage(stage, folder, sessions, (share) => onProgress(share * 0.9))
    const textEncoder = await openGraph(sessions, folder, pack.textEncoder.graph, TEXT_ENCODER_FACE)
    onProgress(1)
    return { pack, textEncoder: museTextEncoder(textEncoder, tokenizer), stages: [loadedStage] }
  },

  readPrompts: openTextTokenizer,
}

async function loadStage(
  stage: PackStage,
  folder: string,
  sessions: SessionLoader,
  onProgress: (share: number) => void,
): Promise<Stage> {
  const transformer = await openGraph(sessions, folder, stage.transformer, TRANSFORMER_FACE)
  onProgress(0.5)
  const decoder = await openGraph(sessions, folder, stage.vqDecoder, VQ_DECODER_FACE)
  onProgress(0.75)
  const encoder = await openGraph(sessions, folder, stage.vqEncoder, VQ_ENCODER_FACE)
  onProgress(1)
  return {
    transformer: museTransformer(transformer, stage),
    tokenizer: windowedVqTokenizer(museVqCodec(encoder, decoder, stage), stage.grids),
  }
}
