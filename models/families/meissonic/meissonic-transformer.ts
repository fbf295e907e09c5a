import { PreparedConditionings } from '../../architectures/prepared-conditionings.ts'
import { encodeSinusoids } from '../../architectures/sinusoid.ts'
import { readLogits, STEP_INPUTS, stepFeeds } from '../../architectures/step-feeds.ts'
import type { PackStage } from '../../importing/pack.ts'
import type { MaskedTransformer } from '../../runtime/masked-transformer.ts'
import { feedsOf, type Session } from '../../runtime/session.ts'
import { tensor, type Tensor } from '../../tensor/tensor.ts'
import type { GraphFace } from '../open-graph.ts'
import { MICRO_WIDTH, TIME_WIDTH } from './meissonic-config.ts'
import type { MeissonicSettings } from './meissonic-settings.ts'
import { rotaryPositions } from './rotary-positions.ts'

const CONDITIONING_OUTPUTS = ['text', 'condition']

export const CONDITIONING_FACE: GraphFace = { inputs: ['hidden', 'pooled', 'micro'], outputs: CONDITIONING_OUTPUTS }
export const STEP_FACE: GraphFace = {
  inputs: [...STEP_INPUTS, 'time', 'cosines', 'sines', 'word_weights', ...CONDITIONING_OUTPUTS], outputs: ['logits'],
}

/** The model takes the number of steps that are left, a thousandfold: its pipeline does so, whatever training did. */
const TIME_PER_STEP = 1000

export function meissonicTransformer(
  conditioning: Session, step: Session, { codebookSize, downsampleFactor, maskToken }: PackStage, settings: MeissonicSettings,
): MaskedTransformer {
  const conditionings = new PreparedConditionings(conditioning, MICRO_WIDTH, downsampleFactor)
  const { gridShrink, headWidth } = settings
  const rotary = new Map<string, Record<'cosines' | 'sines', Tensor>>()

  /** For one grid at a time: the next pass may have another. */
  const rotaryOf = (wordCount: number, rows: number, columns: number) => {
    const key = `${wordCount} ${rows} ${columns}`
    const known = rotary.get(key)
    if (known !== undefined) return known
    const { cosines, sines } = rotaryPositions(wordCount, rows / gridShrink, columns / gridShrink, settings)
    const dims = [cosines.length / headWidth, headWidth]
    const tensors = { cosines: tensor('float32', dims, cosines), sines: tensor('float32', dims, sines) }
    rotary.clear()
    rotary.set(key, tensors)
    return tensors
  }

  return {
    codebookSize,
    async predict(grid, terms, { placement, stepsLeft = 0 }) {
      const { rows, columns } = grid
      const prepared = await conditionings.prepare(terms, placement ?? { canvasRows: rows, canvasColumns: columns, row: 0, column: 0 })
      const time = tensor('float32', [1, TIME_WIDTH], encodeSinusoids([stepsLeft * TIME_PER_STEP], TIME_WIDTH))
      const turns = rotaryOf(prepared['text']!.dims[1]!, rows, columns)
      return readLogits(await step.run(feedsOf(step, { ...prepared, ...turns, time, ...stepFeeds(grid, terms, maskToken) })))
    },
  }
}
