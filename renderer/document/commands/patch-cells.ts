import { z } from 'zod'
import type { OpenCandidates } from '../document.ts'
import { defineCommand } from './command.ts'
import { toRuns } from './mask-alike.ts'

/** Cells of an open candidate's crop are painted with another candidate of its run, or with the candidate itself again. */
export const patchCells = defineCommand({
  type: 'patch-cells',
  schema: z.object({
    type: z.literal('patch-cells'),
    jobId: z.string(),
    /** What is painted over. Another one than before begins anew. */
    base: z.number().int().min(0),
    /** What it is painted with; `base` = the paint is taken off. */
    index: z.number().int().min(0),
    /** Row-major over the crop: how many cells lie together from where: start, length, … */
    runs: z.array(z.number().int().min(0)),
  }),
  label: ({ base, index }) => (base === index ? 'unpatch-cells' : 'patch-cells'),
  apply: (state, { jobId, base, index, runs }) => {
    const { openCandidates } = state
    if (openCandidates?.jobId !== jobId) return state
    const before = openCandidates.patch?.base === base ? openCandidates.patch.cells : NO_CELLS
    const cells = new Map(before)
    for (const cell of listCells(runs)) {
      if (index === base) cells.delete(cell)
      else cells.set(cell, index)
    }
    const patch: OpenCandidates['patch'] = cells.size === 0 ? null : { base, cells }
    return { ...state, openCandidates: { ...openCandidates, patch } }
  },
})

/** All paint is taken off. */
export const clearPatch = defineCommand({
  type: 'clear-patch',
  schema: z.object({ type: z.literal('clear-patch') }),
  label: () => 'clear-patch',
  apply: (state) => (state.openCandidates?.patch ? { ...state, openCandidates: { ...state.openCandidates, patch: null } } : state),
})

const NO_CELLS: ReadonlyMap<number, number> = new Map()

function listCells(runs: readonly number[]): number[] {
  const cells: number[] = []
  for (let i = 0; i + 1 < runs.length; i += 2) for (let k = 0; k < runs[i + 1]!; k++) cells.push(runs[i]! + k)
  return cells
}

/** @param cells  in any order. */
export function runsOfCells(cells: ReadonlySet<number>, { rows, columns }: { readonly rows: number; readonly columns: number }): number[] {
  return toRuns(Uint8Array.from({ length: rows * columns }, (_, cell) => (cells.has(cell) ? 1 : 0)), columns)
}
