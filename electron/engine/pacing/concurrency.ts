import { createPace } from './pacing.ts'

/**
 * Tiles worked on at once: enough to keep the thread pool's four threads busy, few enough that all of them together, when
 * they come back in one turn, take no more than 5 ms of it.
 */
const TILES_AT_ONCE = 6

/**
 * Runs `act` for each item, a few at a time, and lets others have their turn where all of it is quick. Rejects with the first failure, once nothing is
 * running any more.
 */
export async function forEachAtOnce<T>(items: Iterable<T>, act: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]()
  const pace = createPace()
  let hasFailed = false
  const work = async () => {
    for (let next = iterator.next(); !next.done && !hasFailed; next = iterator.next()) {
      try {
        await act(next.value)
        await pace()
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: TILES_AT_ONCE }, work))
  const failure = results.find((result) => result.status === 'rejected')
  if (failure) throw failure.reason
}

/** Lets a few tasks run at a time; the others wait in the order they came. */
export function createGate(atOnce = TILES_AT_ONCE): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let runningCount = 0
  return async (task) => {
    if (runningCount === atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else runningCount++
    try {
      return await task()
    } finally {
      // The next one takes over this one's place.
      const next = waiting.shift()
      if (next) next()
      else runningCount--
    }
  }
}
