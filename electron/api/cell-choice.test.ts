import { describe, expect, it } from 'vitest'
import { areWordsEqual, chooseFalling, chooseWeakest, findSpots, measureFall } from './cell-choice.ts'

const GRID = { rows: 6, columns: 8 }
/** −1 everywhere but in some cells. */
const field = (cells: Record<number, number | null>) => Array.from({ length: 48 }, (_, i) => (i in cells ? cells[i]! : -1))

describe('the cells to change for other words', () => {
  const falls = measureFall(field({}), field({ 9: -5, 10: -4, 17: -3, 40: -2, 47: null }))

  it('are those whose likelihood falls most, within the budget', () => {
    expect(chooseFalling(falls, GRID, { budget: 3 / 47, spread: 0 })).toEqual([9, 10, 17])
    expect(chooseFalling(falls, GRID, { budget: 1, spread: 0 })).toEqual([9, 10, 17, 40])
  })

  it('are joined into areas where findings spread', () => {
    const chosen = chooseFalling(falls, GRID, { budget: 5 / 47, spread: 2 })
    expect(chosen).toHaveLength(5)
    expect(chosen).not.toContain(40)
    expect(chosen).toContain(8)
  })

  it('are none where nothing speaks against the words', () => {
    expect(chooseFalling(measureFall(field({}), field({})), GRID, { budget: 0.5, spread: 1 })).toEqual([])
  })

  it('never lie where nothing was measured', () => {
    expect(chooseFalling(falls, GRID, { budget: 1, spread: 3 })).not.toContain(47)
  })
})

it('the weakest cells are a share of the measured ones, and at least one', () => {
  const likelihoods = field({ 3: -9, 4: -8, 5: null })
  expect(chooseWeakest(likelihoods, 0.05)).toEqual([3, 4])
  expect(chooseWeakest(likelihoods, 0.0001)).toEqual([3])
})

it('spots are what surprises, joined where they touch, worst first', () => {
  const spots = findSpots(field({ 0: -6, 9: -7, 30: -8, 47: null }), GRID)
  expect(spots.map(({ cells }) => cells)).toEqual([[0, 9], [30]])
  expect(findSpots(field({}), GRID)).toEqual([])
})

it('prompts that differ in case and spaces alone say the same', () => {
  expect(areWordsEqual(' A  red Fox', 'a red fox ')).toBe(true)
  expect(areWordsEqual('a red fox', 'a fox')).toBe(false)
})
