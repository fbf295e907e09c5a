import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('what concerns one name runs one after another, also after a failure; other names do not wait', async () => {
  const takeTurns = createTurns()
  const seen: string[] = []
  const act = (label: string, ms: number) => async () => {
    seen.push(`${label} begins`)
    await wait(ms)
    seen.push(`${label} ends`)
    if (label === 'b') throw new Error('b fails')
    return label
  }
  const results = await Promise.allSettled([
    takeTurns('x', act('a', 30)),
    takeTurns('x', act('b', 1)),
    takeTurns('x', act('c', 1)),
    takeTurns('y', act('other', 1)),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect(seen.filter((entry) => !entry.startsWith('other'))).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  expect(seen.indexOf('other ends')).toBeLessThan(seen.indexOf('a ends'))
})
