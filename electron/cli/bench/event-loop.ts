import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How long others had to wait for their turn in this process, in ms. */
export interface EventLoopDelay {
  readonly p99Ms: number
  readonly maxMs: number
}

/** How often is looked, in ms: the finest there is. Each value contains it. */
const RESOLUTION_MS = 1

/** Runs `work` and measures how late timers were meanwhile. The program that takes the cores counts too. */
export async function watchEventLoop<Result>(work: () => Promise<Result>): Promise<{ result: Result; delay: EventLoopDelay }> {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  const result = await work()
  // A turn that was too long is counted when the next timer fires.
  await new Promise((resolve) => setTimeout(resolve, 5 * RESOLUTION_MS))
  histogram.disable()
  const toMs = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
  return { result, delay: { p99Ms: toMs(histogram.percentile(99)), maxMs: toMs(histogram.max) } }
}
