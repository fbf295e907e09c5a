import type { AnalysisResult, CellLikelihoods } from './analyses.ts'

/** Numbers of cells of a crop, row-major, in rising order. */
export type Cells = readonly number[]
type Grid = Pick<AnalysisResult['crop'], 'rows' | 'columns'>

/** Of the cells that were measured, how many may change at most, and how far one cell's finding counts for those around it. */
export interface ChoiceLimits {
  /** 0–1 */
  readonly budget: number
  /** In cells; 0 = each for itself. Larger ones give fewer and rounder areas. */
  readonly spread: number
}

/** Whether two prompts say the same to a model that reads words, not letters' cases or spaces. */
export function areWordsEqual(a: string, b: string): boolean {
  const normalize = (prompt: string) => prompt.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  return normalize(a) === normalize(b)
}

/** How much less likely each cell is under other words: above 0 where it speaks against them. null where nothing was measured. */
export function measureFall(before: CellLikelihoods, after: CellLikelihoods): CellLikelihoods {
  return before.map((value, i) => {
    const other = after[i] ?? null
    return value === null || other === null ? null : value - other
  })
}

/**
 * The cells to change so that a picture fits other words: those whose likelihood falls most under them, as many as the
 * budget allows. None where it falls nowhere.
 */
export function chooseFalling(falls: CellLikelihoods, grid: Grid, { budget, spread }: ChoiceLimits): Cells {
  return chooseHighest(smooth(falls, grid, spread), budget, 0)
}

/** The least likely cells: `share` of all that were measured, at least one. */
export function chooseWeakest(likelihoods: CellLikelihoods, share: number): Cells {
  return chooseHighest(likelihoods.map((value) => value && -value), share, -Infinity)
}

function chooseHighest(values: CellLikelihoods, share: number, above: number): Cells {
  const measured = values.flatMap((value, cell) => (value === null ? [] : [{ value, cell }]))
  const most = Math.max(1, Math.round(share * measured.length))
  return measured
    .filter(({ value }) => value > above)
    .sort((a, b) => b.value - a.value || a.cell - b.cell)
    .slice(0, most)
    .map(({ cell }) => cell)
    .sort((a, b) => a - b)
}

/** The mean over the measured cells up to `radius` away, nearer ones counting more. */
function smooth(values: CellLikelihoods, { rows, columns }: Grid, radius: number): CellLikelihoods {
  if (radius === 0) return values
  return values.map((own, cell) => {
    if (own === null) return null
    const [row, column] = [Math.floor(cell / columns), cell % columns]
    let [sum, weights] = [0, 0]
    for (let r = Math.max(0, row - radius); r <= Math.min(rows - 1, row + radius); r++) {
      for (let c = Math.max(0, column - radius); c <= Math.min(columns - 1, column + radius); c++) {
        const value = values[r * columns + c] ?? null
        if (value === null) continue
        const weight = 1 / (1 + (r - row) ** 2 + (c - column) ** 2)
        sum += weight * value
        weights += weight
      }
    }
    return sum / weights
  })
}

/** A place where the picture surprises the model: cells beside each other. */
export interface Spot {
  readonly cells: Cells
  /** Mean over its cells. */
  readonly likelihood: number
}

/** Standard deviations below the mean from which on a cell surprises: about one in forty, were they spread normally. */
const SURPRISE_DEVIATIONS = 2
/** More than a person looks through; each has a digit of its own on the keyboard. */
const MAX_SPOTS = 9

/** Where cells are improbable beside the rest of the picture, worst first. */
export function findSpots(likelihoods: CellLikelihoods, { rows, columns }: Grid): Spot[] {
  const measured = likelihoods.filter((value) => value !== null)
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length
  const deviation = Math.sqrt(measured.reduce((sum, value) => sum + (value - mean) ** 2, 0) / measured.length)
  const limit = mean - SURPRISE_DEVIATIONS * deviation
  const left = new Set(likelihoods.flatMap((value, cell) => (value !== null && value < limit ? [cell] : [])))
  const spots: Spot[] = []
  for (const first of left) {
    const cells = takeConnected(first, left, { rows, columns }).sort((a, b) => a - b)
    spots.push({ cells, likelihood: cells.reduce((sum, cell) => sum + likelihoods[cell]!, 0) / cells.length })
  }
  // Of what is equally improbable, more of it is worse.
  const weight = ({ cells, likelihood }: Spot) => (mean - likelihood) * Math.sqrt(cells.length)
  return spots.sort((a, b) => weight(b) - weight(a)).slice(0, MAX_SPOTS)
}

/** Takes a cell and all that hang together with it, corners included, out of a set. */
function takeConnected(first: number, left: Set<number>, { rows, columns }: Grid): number[] {
  const taken = [first]
  left.delete(first)
  for (const cell of taken) {
    const [row, column] = [Math.floor(cell / columns), cell % columns]
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
        if (left.delete(r * columns + c)) taken.push(r * columns + c)
      }
    }
  }
  return taken
}
