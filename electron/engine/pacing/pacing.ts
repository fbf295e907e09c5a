/** The engine answers other requests between turns; ARCHITECTURE.md allows a turn 10 ms. */
const LONGEST_TURN_MS = 6

/** To be awaited between slices of long arithmetic: it lets others have their turn when time is up. */
export type Pace = () => Promise<void>

/** When this turn of the event loop began; undefined before anybody has asked in it. */
let turnStart: number | undefined
const waiting: (() => void)[] = []

/** All work shares one clock: a turn is as long as everything that is done in it. */
export function createPace(): Pace {
  return async () => {
    if (turnStart === undefined) beginTurn()
    if (performance.now() - turnStart! < LONGEST_TURN_MS) return
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
}

function beginTurn(): void {
  turnStart = performance.now()
  setImmediate(endTurn)
}

/** One of those who wait goes on in the next turn, in the order they came: several would add up. */
function endTurn(): void {
  turnStart = undefined
  const next = waiting.shift()
  if (next === undefined) return
  beginTurn()
  next()
}
