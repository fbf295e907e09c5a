import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { forEachAtOnce } from './concurrency.ts'

test('does every item once, a few at a time', async () => {
  const done: number[] = []
  let runningCount = 0
  let mostRunning = 0
  await forEachAtOnce(Array.from({ length: 50 }, (_, i) => i), async (item) => {
    mostRunning = Math.max(mostRunning, ++runningCount)
    await nextTurn()
    runningCount--
    done.push(item)
  })
  expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i))
  expect(mostRunning).toBeGreaterThan(1)
  expect(mostRunning).toBeLessThan(10)
})

test('rejects with the first failure, once nothing is running any more, and begins nothing new', async () => {
  let runningCount = 0
  let begunCount = 0
  const work = forEachAtOnce(Array.from({ length: 1000 }, (_, i) => i), async (item) => {
    begunCount++
    runningCount++
    await nextTurn()
    runningCount--
    if (item === 3) throw new Error('the third')
  })
  await expect(work).rejects.toThrow('the third')
  expect(runningCount).toBe(0)
  expect(begunCount).toBeLessThan(30)
})
