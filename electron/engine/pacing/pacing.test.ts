import { expect, test } from 'vitest'
import { createPace } from './pacing.ts'

const SLICE_MS = 2

function work(): void {
  const end = performance.now() + SLICE_MS
  while (performance.now() < end);
}

/** The times between turns that somebody else had, in ms. */
async function measureGaps(during: () => Promise<unknown>): Promise<number[]> {
  const times = [performance.now()]
  let isOver = false
  const look = () => {
    times.push(performance.now())
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  await during()
  isOver = true
  return times.slice(1).map((time, i) => time - times[i]!)
}

test('work done side by side shares its turns: others wait for one of them, not for all', async () => {
  const order: number[] = []
  const gaps = await measureGaps(() =>
    Promise.all(
      Array.from({ length: 10 }, async (_, who) => {
        const pace = createPace()
        for (let i = 0; i < 10; i++) {
          work()
          await pace()
        }
        order.push(who)
      }),
    ),
  )
  const inAll = 10 * 10 * SLICE_MS
  // The first slices of all are done before anybody is asked to wait.
  const [longest, second] = gaps.sort((a, b) => b - a)
  expect(longest).toBeLessThan(inAll / 2)
  expect(second).toBeLessThan(inAll / 6)
  expect(gaps.length).toBeGreaterThan(10)
  expect(order.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('quick work waits for nobody', async () => {
  const gaps = await measureGaps(async () => {
    const pace = createPace()
    for (let i = 0; i < 1000; i++) await pace()
  })
  expect(gaps.length).toBeLessThan(10)
})
