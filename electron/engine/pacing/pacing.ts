import { setImmediate } from 'node:timers/promises'

/** The engine answers other requests between turns; ARCHITECTURE.md allows a turn 10 ms. */
const LONGEST_TURN_MS = 6

export type Pace = () => Promise<void>

/** Answers a function to be awaited between slices of long arithmetic: it lets others have their turn when time is up. */
export function createPace(): Pace {
  let turnStart = performance.now()
  return async () => {
    if (performance.now() - turnStart < LONGEST_TURN_MS) return
    await setImmediate()
    turnStart = performance.now()
  }
}
