import { PreparedConditionings } from '../../architectures/prepared-conditionings.ts'
import { readLogits, STEP_INPUTS, stepFeeds } from '../../architectures/step-feeds.ts'
import type { PackStage } from '../../importing/pack.ts'
import type { MaskedTransformer } from '../../runtime/masked-transformer.ts'
import { feedsOf, type Session } from '../../runtime/session.ts'
import type { GraphFace } from '../open-graph.ts'

const CONDITIONING_OUTPUTS = ['modulations', 'block_keys', 'block_values', 'layer_keys', 'layer_values']

export const CONDITIONING_FACE: GraphFace = { inputs: ['hidden', 'word_weights', 'pooled', 'micro'], outputs: CONDITIONING_OUTPUTS }
export const STEP_FACE: GraphFace = { inputs: [...STEP_INPUTS, ...CONDITIONING_OUTPUTS], outputs: ['logits'] }

/** aMUSEd's transformer in two graphs: what depends on the prompt and the place in the picture, and a step. */
export function amusedTransformer(
  conditioning: Session, step: Session, { codebookSize, downsampleFactor, maskToken }: PackStage, microWidth: number,
): MaskedTransformer {
  const conditionings = new PreparedConditionings(conditioning, microWidth, downsampleFactor)
  return {
    codebookSize,
    async predict(grid, terms, { placement = { canvasRows: grid.rows, canvasColumns: grid.columns, row: 0, column: 0 } }) {
      const prepared = await conditionings.prepare(terms, placement)
      return readLogits(await step.run(feedsOf(step, { ...prepared, ...stepFeeds(grid, terms, maskToken) })))
    },
  }
}
