import { readFileSync } from 'node:fs'
import path from 'node:path'

export const STARTER_FOLDER = path.join(import.meta.dirname, '../../models/packs/starter')

interface Stage {
  readonly downsampleFactor: number
  readonly grids: { readonly rows: number; readonly columns: number }
  readonly steps?: number
  readonly redraw?: { readonly sweeps: number; readonly parts: number; readonly steps: number }
  readonly transformer: string
}
interface Described {
  readonly stages: readonly Stage[]
  readonly defaults: { readonly width: number; readonly height: number; readonly steps: number }
  readonly styles: readonly { readonly name: string; readonly prompt: string }[]
}

/** The pack that comes with the program, whichever it is by now: specs read its sizes here. */
const described = JSON.parse(readFileSync(path.join(STARTER_FOLDER, 'pack.json'), 'utf8')) as Described
const finest = described.stages.at(-1)!

/** Decode steps over all stages when the first takes so many: the others take as large a share of theirs. */
export function stepsFor(first: number): number {
  const { stages, defaults } = described
  const redrawn = ({ redraw }: Stage) => (redraw === undefined ? 0 : redraw.sweeps * redraw.parts * Math.min(redraw.steps, first))
  const finer = stages.slice(1).map(({ steps = defaults.steps }) => Math.max(1, Math.round((steps * first) / defaults.steps)))
  return [...finer, ...stages.map(redrawn)].reduce((sum, steps) => sum + steps, first)
}

export const STARTER = {
  /** Of a new picture. */
  width: described.defaults.width,
  height: described.defaults.height,
  /** Pixels along a cell's side in a new picture, and how many there are. */
  cellSize: finest.downsampleFactor,
  columns: finest.grids.columns,
  cellCount: finest.grids.rows * finest.grids.columns,
  /** Cells along a side of the coarsest stage's: what is drawn anew grows to whole ones. */
  coarsest: described.stages[0]!.downsampleFactor / finest.downsampleFactor,
  /** Decode steps of a whole picture over all stages. */
  steps: stepsFor(described.defaults.steps),
  transformer: described.stages[0]!.transformer,
  styles: described.styles,
} as const

/** A point of a new picture, given as shares of its sides in 128ths. */
export const inPicture = (x: number, y: number): [x: number, y: number] => [(x * STARTER.width) / 128, (y * STARTER.height) / 128]
