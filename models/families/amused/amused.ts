import { openPipeline } from '../../architectures/open-pipeline.ts'
import { openTextTokenizer } from '../../runtime/text-tokenizers/text-tokenizers.ts'
import type { Family } from '../family.ts'
import { amusedImporter } from './amused-importer.ts'
import { readAmusedSettings } from './amused-settings.ts'
import { amusedTransformer, CONDITIONING_FACE, STEP_FACE } from './amused-transformer.ts'

/** aMUSEd (Patil et al. 2024), the open Muse: a U-ViT over 16-pixel tokens, told of the prompt by CLIP. */
export const amused: Family = {
  id: 'amused',
  name: 'aMUSEd',
  importer: amusedImporter,

  async load(pack, folder, sessions, onProgress) {
    const { conditioning, microWidth } = readAmusedSettings(pack)
    return openPipeline(pack, folder, sessions, onProgress, {
      conditioning: { file: conditioning, face: CONDITIONING_FACE },
      stepFace: STEP_FACE,
      create: (conditioningGraph, step, stage) => amusedTransformer(conditioningGraph, step, stage, microWidth),
    })
  },

  readPrompts: openTextTokenizer,
}
