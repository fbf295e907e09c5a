import { describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../electron/api/analyses.ts'
import { createLooksStore, type LooksState } from '../engine/looks-store.ts'
import { describeHeat } from './describe-heat.ts'

const PICTURE = { x: 0, y: 0, width: 40, height: 32 }
const CROP = { x: 0, y: 0, cellSize: 8, rows: 4, columns: 5 }
const result = (...likelihoods: AnalysisResult['likelihoods']): AnalysisResult => ({ crop: CROP, likelihoods })
const state = (change: Partial<LooksState>): LooksState => ({ ...createLooksStore().getState(), ...change })
const flat = (value: number, cells: Record<number, number | null> = {}) => Array.from({ length: 20 }, (_, i) => (i in cells ? cells[i]! : value))

describe('what is laid over the picture', () => {
  it('is nothing while nothing was measured', () => {
    expect(describeHeat(state({ openLook: 'likelihood' }), PICTURE)).toBeNull()
  })

  it('of a likelihood map is hot where the model would have expected something else, the weakest outlined', () => {
    const found = { id: 'likelihood', result: result(flat(-0.01, { 3: -9, 4: null })) } as const
    const { heat, outlined } = describeHeat(state({ found }), PICTURE)!
    expect([heat[0], heat[3], heat[4]]).toEqual([0, 1, 0])
    expect(outlined).toEqual([3])
  })

  it('of words is the proposed mask, which follows the budget', () => {
    const found = { id: 'words', result: result(flat(-1), flat(-1, { 6: -5, 7: -4 })) } as const
    expect(describeHeat(state({ found, spread: 0, budget: 0.5 }), PICTURE)).toMatchObject({ outlined: [6, 7] })
    expect(describeHeat(state({ found, spread: 0, budget: 0.05 }), PICTURE)).toMatchObject({ outlined: [6] })
  })

  it('of a word that is pointed at is where it mattered, before all else', () => {
    const found = { id: 'surprises', result: result(flat(-1)) } as const
    const word = { text: 'red', result: result(flat(0, { 2: 5, 3: 1, 4: -5 })) }
    expect(describeHeat(state({ found, word }), PICTURE)!.heat.slice(2, 5)).toEqual([1, 0.5, 0])
  })
})
