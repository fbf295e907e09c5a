import { expect, it } from 'vitest'
import { findThings } from './judge.ts'

const labels = { concept: ['', 'fox', 'car'], colour: ['own', 'red'] }
const CELLS = 256

/** Logits of classes over 16 × 16 cells: `classAt` says which class is likely where. */
function logits(classCount: number, classAt: (cell: number) => number, height = 8): Float32Array {
  const values = new Float32Array(classCount * CELLS)
  for (let cell = 0; cell < CELLS; cell++) values[classAt(cell) * CELLS + cell] = height
  return values
}

it('a thing is seen where enough cells show it, with the colour of most of them', () => {
  const isFox = (cell: number) => cell % 16 < 2 && cell < 64
  const things = findThings(logits(3, (cell) => Number(isFox(cell))), logits(2, (cell) => Number(cell < 48)), labels)
  expect([...things.keys()]).toEqual(['fox'])
  expect(things.get('fox')).toEqual({ colour: 'red', across: 1 / 16 })
})

it('a seam between others is no thing', () => {
  expect(findThings(logits(3, (cell) => (cell === 5 ? 2 : 0)), logits(2, () => 0), labels).size).toBe(0)
})

it('many unsure cells are a thing when they add up', () => {
  const unsure = findThings(logits(3, (cell) => (cell < 16 ? 2 : 0), 0.5), logits(2, () => 0), labels)
  expect([...unsure.keys()]).toEqual(['car'])
})
