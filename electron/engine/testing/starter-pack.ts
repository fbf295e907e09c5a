import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parsePack } from '../../../models/importing/open-pack.ts'
import { BUNDLED_PACKS } from './build-inference.ts'

/** The pack that comes with the program, whichever it is by now: what tests expect of its size, grids and steps is read here. */
export const STARTER = parsePack(readFileSync(path.join(BUNDLED_PACKS, 'starter/pack.json'), 'utf8'))

/** Whose tokens become pixels. */
export const STARTER_STAGE = STARTER.stages.at(-1)!

/** Decode steps of a whole picture over all stages, where the first takes `first`. */
export function countStarterSteps(first = STARTER.defaults.steps): number {
  const { stages, defaults } = STARTER
  const finer = stages.slice(1).map(({ steps = defaults.steps }) => Math.max(1, Math.round((steps * first) / defaults.steps)))
  return finer.reduce((sum, steps) => sum + steps, first + countRedrawSteps(first))
}

/** Of them, those in which something is drawn again. */
export function countRedrawSteps(first: number): number {
  return STARTER.stages.reduce((sum, { redraw }) => sum + (redraw === undefined ? 0 : redraw.sweeps * redraw.parts * Math.min(redraw.steps, first)), 0)
}
