/**
 * Tiles worked on at once: enough to keep the thread pool's four threads busy, few enough that all of them together, when
 * they come back in one turn, take no more than 5 ms of it.
 */
const TILES_AT_ONCE = 6

/** Runs `act` for each item, a few at a time. Rejects with the first failure, once nothing is running any more. */
export async function forEachAtOnce<T>(items: Iterable<T>, act: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]()
  let hasFailed = false
  const work = async () => {
    for (let next = iterator.next(); !next.done && !hasFailed; next = iterator.next()) {
      try {
        await act(next.value)
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
