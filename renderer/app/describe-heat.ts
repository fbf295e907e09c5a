import type { CellLikelihoods } from '../../electron/api/analyses.ts'
import type { PixelRect } from '../../electron/api/geometry.ts'
import type { CellHeat } from '../canvas/canvas-props.ts'
import { selectCells, selectSpots, type LooksState } from '../engine/looks-store.ts'

/** Log-likelihoods between these are told apart on the map: a token that is as good as sure, and one of a thousand. */
const SURE = -0.05
const UNLIKELY = -7
/** Under other words a token that becomes e² times less likely is as hot as can be. */
const FULL_FALL = 2

/** What lies over the picture or the candidate that is shown: of a word that is pointed at, else of the open panel. */
export function describeHeat(state: LooksState, picture: PixelRect): CellHeat | null {
  const { word, found } = state
  if (word?.result) return { picture, crop: word.result.crop, heat: heatOf(word.result.likelihoods[0] ?? [], 0, FULL_FALL), outlined: [] }
  if (found === null) return null
  const { crop, likelihoods } = found.result
  const none: number[] = []
  if (found.id === 'surprises') return { picture, crop, heat: none, outlined: selectSpots(found).flatMap(({ cells }) => cells) }
  const heat = found.id === 'likelihood' ? heatOf(likelihoods[0] ?? [], SURE, UNLIKELY) : none
  return { picture, crop, heat, outlined: [...selectCells(state)] }
}

/** 0 at `cold` and before it, 1 at `hot` and beyond. */
function heatOf(values: CellLikelihoods, cold: number, hot: number): number[] {
  return values.map((value) => (value === null ? 0 : Math.min(1, Math.max(0, (value - cold) / (hot - cold)))))
}
