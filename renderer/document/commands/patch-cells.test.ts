import { describe, expect, it } from 'vitest'
import { EMPTY_DOCUMENT } from '../document.ts'
import { NO_TILES } from '../mask-tiles.ts'
import { applyCommand, type DocumentCommand } from './commands.ts'
import { runsOfCells } from './patch-cells.ts'

const apply = (...commands: DocumentCommand[]) =>
  commands.reduce((state, command) => applyCommand(state, command, { getMaskTiles: () => NO_TILES }), EMPTY_DOCUMENT)
const START: DocumentCommand = { type: 'start-run', jobId: 'a' }
const paint = (index: number, runs: number[], base = 0): DocumentCommand => ({ type: 'patch-cells', jobId: 'a', base, index, runs })

describe('painting with candidates', () => {
  it('adds up, and a cell has the candidate it was painted with last', () => {
    const { openCandidates } = apply(START, paint(1, [3, 2]), paint(2, [4, 2]))
    expect(openCandidates?.patch).toEqual({ base: 0, cells: new Map([[3, 1], [4, 2], [5, 2]]) })
  })

  it('is taken off by painting with the base, and all at once', () => {
    expect(apply(START, paint(1, [3, 2]), paint(0, [3, 1])).openCandidates?.patch?.cells).toEqual(new Map([[4, 1]]))
    expect(apply(START, paint(1, [3, 2]), paint(0, [0, 9])).openCandidates?.patch).toBeNull()
    expect(apply(START, paint(1, [3, 2]), { type: 'clear-patch' }).openCandidates?.patch).toBeNull()
  })

  it('begins anew over another candidate, and ends with its run', () => {
    expect(apply(START, paint(1, [3, 1]), paint(0, [7, 1], 1)).openCandidates?.patch).toEqual({ base: 1, cells: new Map([[7, 0]]) })
    expect(apply(START, paint(1, [3, 1]), { type: 'start-run', jobId: 'b' }).openCandidates?.patch).toBeNull()
    expect(apply(START, paint(1, [3, 1]), { type: 'dismiss-candidates' }).openCandidates).toBeNull()
  })

  it('means nothing to another run, and taking off nothing is no step', () => {
    const state = apply({ type: 'start-run', jobId: 'b' })
    expect(applyCommand(state, paint(1, [3, 1]), { getMaskTiles: () => NO_TILES })).toBe(state)
    expect(applyCommand(state, { type: 'clear-patch' }, { getMaskTiles: () => NO_TILES })).toBe(state)
  })

  it('is logged as runs that do not go over the end of a row', () => {
    expect(runsOfCells(new Set([5, 2, 3, 4]), { rows: 3, columns: 4 })).toEqual([2, 2, 4, 2])
  })

  it('keeps the mask and frame of the run that is settled', () => {
    const { openCandidates } = apply(START, paint(1, [3, 1]), { type: 'start-run', jobId: 'b', settles: { jobId: 'a', base: 0 } })
    expect(openCandidates).toMatchObject({ jobId: 'b', patch: null })
  })
})
