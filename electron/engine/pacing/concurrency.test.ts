import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createGate, forEachAtOnce } from './concurrency.ts'

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

test('quick work for many items leaves others their turn', async () => {
  let turnCount = 0
  const counting = setInterval(() => turnCount++, 1)
  await forEachAtOnce(Array.from({ length: 60 }), async () => {
    const end = performance.now() + 2
    while (performance.now() < end);
  })
  clearInterval(counting)
  expect(turnCount).toBeGreaterThan(2)
})

test('a gate lets as many in as it says, in their order, also after a failure', async () => {
  const pass = createGate(2)
  const begun: number[] = []
  let runningCount = 0
  let mostRunning = 0
  const results = await Promise.allSettled(
    [0, 1, 2, 3, 4].map((item) =>
      pass(async () => {
        begun.push(item)
        mostRunning = Math.max(mostRunning, ++runningCount)
        await nextTurn()
        runningCount--
        if (item === 1) throw new Error('the first')
      }),
    ),
  )
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect(begun).toEqual([0, 1, 2, 3, 4])
  expect(mostRunning).toBe(2)
})
