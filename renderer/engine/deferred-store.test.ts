import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { deferNotices } from './deferred-store.ts'

test('tells of all changes of a turn once, after it', async () => {
  const store = createStore(() => ({ stroke: 0 }))
  const deferred = deferNotices(store)
  const told: [now: number, before: number][] = []
  const end = deferred.subscribe((now, before) => told.push([now.stroke, before.stroke]))
  store.setState({ stroke: 1 })
  store.setState({ stroke: 2 })
  expect(told).toEqual([])
  expect(deferred.getState().stroke).toBe(2)
  await wait(20)
  expect(told).toEqual([[2, 0]])

  store.setState({ stroke: 3 })
  await wait(20)
  expect(told).toEqual([[2, 0], [3, 2]])

  store.setState({ stroke: 4 })
  end()
  await wait(20)
  expect(told).toHaveLength(2)

  deferred.subscribe(() => told.push([0, 0]))
  deferred.dispose()
  store.setState({ stroke: 5 })
  await wait(20)
  expect(told).toHaveLength(2)
})
