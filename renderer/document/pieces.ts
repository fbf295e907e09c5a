/** Long arithmetic in pieces of a few milliseconds: gives its progress, 0–1, between them, and its result at the end. */
export type Pieces<Result> = Generator<number, Result, void>

/** Less than a frame: what is drawn meanwhile hardly comes later. */
const LONGEST_TURN_MS = 8

export interface PiecesControl {
  /** Asked between pieces. */
  readonly isStopped?: () => boolean
  /** Between turns, 0–1. Never called where one turn is enough. */
  readonly onProgress?: (share: number) => void
}

/** All of it in this turn. */
export function finishAtOnce<Result>(pieces: Pieces<Result>): Result {
  let next = pieces.next()
  while (!next.done) next = pieces.next()
  return next.value
}

/** A few pieces a turn, so that the page stays awake. undefined where it was stopped. */
export async function finishInTurns<Result>(pieces: Pieces<Result>, control: PiecesControl = {}): Promise<Result | undefined> {
  let turnStart = performance.now()
  for (let next = pieces.next(); ; next = pieces.next()) {
    if (next.done) return next.value
    if (performance.now() - turnStart < LONGEST_TURN_MS) continue
    control.onProgress?.(next.value)
    await nextTask()
    if (control.isStopped?.()) return undefined
    turnStart = performance.now()
  }
}

/** Not a timer: those wait 4 ms when they follow one another, and a second in a window out of sight. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
