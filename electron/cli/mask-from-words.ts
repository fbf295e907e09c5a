import { areWordsEqual, chooseFalling, measureFall } from '../api/cell-choice.ts'
import { DEFAULT_SUBJECT_SHARE, WORDS_SUBSET_COUNT } from '../api/analyses.ts'
import { EngineError } from '../api/errors.ts'
import type { ImageId, ImportedImage } from '../api/images.ts'
import { ANALYSIS_STRINGS } from '../api/strings/analyses.ts'
import { analyse, maskCells } from './analyse.ts'
import type { EngineSession } from './engine-session.ts'

/** In percent of the picture: of what changes, and of what a subject covers. */
export const DEFAULT_BUDGET = 12
export const DEFAULT_SUBJECT_BUDGET = DEFAULT_SUBJECT_SHARE * 100

export interface WordsOptions {
  readonly from: string
  readonly to: string
  /** In percent of the picture. */
  readonly budget: number
  /** In cells. */
  readonly spread: number
  readonly packId: string | null
}

/**
 * Masks what of a picture fits other words least. Throws EngineError `invalid-request` where both say the same, or where
 * nothing speaks against the new ones.
 */
export async function maskFromWords(
  session: EngineSession,
  { imageId, image }: ImportedImage,
  { from, to, budget, spread, packId }: WordsOptions,
): Promise<ImageId> {
  if (areWordsEqual(from, to)) throw new EngineError('invalid-request', ANALYSIS_STRINGS.wordsEqual)
  const source = { kind: 'picture', image: imageId } as const
  const result = await analyse(session, { source, prompts: [from, to], packId, subsetCount: WORDS_SUBSET_COUNT })
  const [before = [], after = []] = result.likelihoods
  const cells = chooseFalling(measureFall(before, after), result.crop, { budget: budget / 100, spread })
  if (cells.length === 0) throw new EngineError('invalid-request', ANALYSIS_STRINGS.nothingFalls)
  return maskCells(session, image.bounds, result, cells)
}
