import { expect, test } from 'vitest'
import { finishAtOnce, finishInTurns, type Pieces } from './pieces.ts'

/** Adds up in pieces of 3 ms. */
function* sum(count: number): Pieces<number> {
  let total = 0
  for (let i = 0; i < count; i++) {
    for (const end = performance.now() + 3; performance.now() < end; );
    total += i
    yield (i + 1) / count
  }
  return total
}

test('is the same at once and in turns', async () => {
  expect(finishAtOnce(sum(5))).toBe(10)
  expect(await finishInTurns(sum(5))).toBe(10)
})

test('leaves others their turn and tells how far it is', async () => {
  let turnCount = 0
  const counting = setInterval(() => turnCount++, 1)
  const shares: number[] = []
  await finishInTurns(sum(30), { onProgress: (share) => shares.push(share) })
  clearInterval(counting)
  expect(turnCount).toBeGreaterThan(3)
  expect(shares.length).toBeGreaterThan(3)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
})

test('what is quick is done in one turn', async () => {
  const shares: number[] = []
  expect(await finishInTurns(sum(1), { onProgress: (share) => shares.push(share) })).toBe(0)
  expect(shares).toEqual([])
})

test('stops between pieces', async () => {
  let pieceCount = 0
  const result = await finishInTurns(sum(100), { onProgress: () => pieceCount++, isStopped: () => pieceCount > 2 })
  expect(result).toBeUndefined()
  expect(pieceCount).toBeLessThan(10)
})
