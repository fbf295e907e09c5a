import type { MaskedTransformer } from '../runtime/masked-transformer.ts'
import type { Conditioning } from '../runtime/text-encoder.ts'
import type { TokenGrid } from '../runtime/vq-tokenizer.ts'
import { windowOrigins } from '../runtime/window-origins.ts'
import type { TokenWindow } from './edit-plan.ts'
import { measureSubset, planSubsets } from './token-likelihood.ts'
import { readWindow } from './token-canvas.ts'
import { forEachRow } from './windows.ts'

interface GridSize {
  readonly rows: number
  readonly columns: number
}

/** Which tokens are measured under which prompts: plain data, made by the engine. */
export interface LikelihoodPlan extends GridSize {
  /** [rows × columns] of the token canvas, row-major; 1 = to be measured. */
  readonly tokenMask: Uint8Array
  /** Each at least once; equal ones are measured once. */
  readonly prompts: readonly string[]
  /** In how many complementary parts the tokens are masked: see planSubsets. */
  readonly subsetCount: number
}

/** Each window shows at least a quarter of the grid beyond the tokens that it measures, where the canvas goes on. */
const OVERLAP_SHARE = 1 / 2

/** One forward pass. */
interface MeasuringTurn {
  readonly prompt: string
  readonly window: TokenWindow
  /** Within the window. */
  readonly positions: Uint32Array
}

/**
 * The measuring of a token canvas of any size, pass by pass. Whoever advances it decides when the next pass starts, and
 * so can let other work in. Nothing in it is left to chance: equal tokens and prompts give equal likelihoods.
 */
export class LikelihoodRun {
  /** Of each prompt, [rows × columns]: natural logarithms of probabilities; NaN where nothing is measured. */
  readonly likelihoods: ReadonlyMap<string, Float32Array>
  private readonly canvas: TokenGrid
  private readonly turns: readonly MeasuringTurn[]
  private turnsTaken = 0

  /**
   * @param canvas  at least as large as `grid`; no token of it masked.
   * @param grid  what the stage takes at a time.
   */
  constructor(canvas: TokenGrid, grid: GridSize, { tokenMask, prompts, subsetCount }: Omit<LikelihoodPlan, keyof GridSize>) {
    this.canvas = canvas
    const distinct = [...new Set(prompts)]
    this.likelihoods = new Map(distinct.map((prompt) => [prompt, new Float32Array(canvas.tokens.length).fill(NaN)]))
    this.turns = planMeasuringWindows(canvas, grid).flatMap(({ window, isNearest }) => {
      const wanted = readWindow({ ...canvas, tokens: Int32Array.from(tokenMask) }, window).tokens
      const subsets = planSubsets(window, isNearest.map((nearest, i) => nearest & wanted[i]!), subsetCount)
      return subsets.flatMap((positions) => distinct.map((prompt) => ({ prompt, window, positions })))
    })
  }

  get stepCount(): number {
    return this.turns.length
  }

  get stepsTaken(): number {
    return this.turnsTaken
  }

  get isDone(): boolean {
    return this.turnsTaken === this.turns.length
  }

  /** @param conditionings  every prompt of the plan, encoded. */
  async advance(transformer: MaskedTransformer, conditionings: ReadonlyMap<string, Conditioning>): Promise<void> {
    const { prompt, window, positions } = this.turns[this.turnsTaken]!
    const { rows: canvasRows, columns: canvasColumns } = this.canvas
    const measured = await measureSubset(
      transformer,
      readWindow(this.canvas, window),
      positions,
      [{ conditioning: conditionings.get(prompt)!, weight: 1 }],
      { placement: { canvasRows, canvasColumns, row: window.row, column: window.column } },
    )
    const likelihoods = this.likelihoods.get(prompt)!
    for (const [i, position] of positions.entries()) {
      const row = window.row + Math.floor(position / window.columns)
      likelihoods[row * canvasColumns + window.column + (position % window.columns)] = measured[i]!
    }
    this.turnsTaken++
  }
}

/**
 * Overlapping windows that cover a token canvas, and which tokens each of them measures: those that lie nearer to its
 * middle than to any other's, for there the model sees most of what is around them.
 *
 * @returns isNearest: [window.rows × window.columns], 1 = this window's. Each token of the canvas is one window's.
 */
export function planMeasuringWindows(
  canvas: GridSize,
  { rows, columns }: GridSize,
): { readonly window: TokenWindow; readonly isNearest: Uint8Array }[] {
  const down = windowOrigins(canvas.rows, rows, Math.ceil(rows * OVERLAP_SHARE))
  const right = windowOrigins(canvas.columns, columns, Math.ceil(columns * OVERLAP_SHARE))
  const rowOwners = nearestOrigins(down, rows, canvas.rows)
  const columnOwners = nearestOrigins(right, columns, canvas.columns)
  return down.flatMap((row, i) =>
    right.map((column, j) => {
      const window = { row, column, rows, columns }
      const isNearest = new Uint8Array(rows * columns)
      forEachRow({ ...window, row: 0, column: 0 }, columns, (start, end, r) => {
        if (rowOwners[row + r] !== i) return
        for (let at = start; at < end; at++) if (columnOwners[column + at - start] === j) isNearest[at] = 1
      })
      return { window, isNearest }
    }),
  )
}

/** For each cell of an axis, the index of the window whose middle is nearest. */
function nearestOrigins(origins: readonly number[], length: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, cell) => {
    const distances = origins.map((start) => Math.abs(start + length / 2 - (cell + 0.5)))
    return distances.indexOf(Math.min(...distances))
  })
}
