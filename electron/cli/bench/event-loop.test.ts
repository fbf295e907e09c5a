import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { watchEventLoop } from './event-loop.ts'

it('notices a turn that takes too long', async () => {
  const { delay, result } = await watchEventLoop(async () => {
    await wait(20)
    const end = performance.now() + 150
    while (performance.now() < end);
    return 'done'
  })
  expect(result).toBe('done')
  expect(delay.maxMs).toBeGreaterThan(140)
  expect(delay.p99Ms).toBeLessThanOrEqual(delay.maxMs)
})
