import { openPipeline } from '../../architectures/open-pipeline.ts'
import { openTextTokenizer } from '../../runtime/text-tokenizers/text-tokenizers.ts'
import type { Family } from '../family.ts'
import { meissonicImporter } from './meissonic-importer.ts'
import { readMeissonicSettings } from './meissonic-settings.ts'
import { CONDITIONING_FACE, meissonicTransformer, STEP_FACE } from './meissonic-transformer.ts'

/**
 * Meissonic (Bai et al. 2024) and its relatives: aMUSEd's road with a larger transformer. A picture of 1024 pixels takes
 * tens of minutes on a processor.
 */
export const meissonic: Family = {
  id: 'meissonic',
  name: 'Meissonic',
  importer: meissonicImporter,

  async load(pack, folder, sessions, onProgress) {
    const settings = readMeissonicSettings(pack)
    return openPipeline(pack, folder, sessions, onProgress, {
      conditioning: { file: settings.conditioning, face: CONDITIONING_FACE },
      stepFace: STEP_FACE,
      create: (conditioning, step, stage) => meissonicTransformer(conditioning, step, stage, settings),
    })
  },

  readPrompts: openTextTokenizer,
}
