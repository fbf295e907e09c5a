/** The tokens of every decode step of a candidate so far. */
export interface KeptTrail {
  /** Of the last stage. */
  readonly rows: number
  readonly columns: number
  readonly stepCount: number
  /** As in `Candidate.trail`: for each step the guess of all stages, then what was kept of it. */
  readonly tokens: Uint16Array
}

/** @param step  one more: guess, then what was kept. */
export function addStep(
  trail: KeptTrail | undefined,
  step: Uint16Array,
  { rows, columns }: { rows: number; columns: number },
): KeptTrail {
  const before = trail?.tokens ?? new Uint16Array(0)
  const tokens = new Uint16Array(before.length + step.length)
  tokens.set(before)
  tokens.set(step, before.length)
  return { rows, columns, stepCount: (trail?.stepCount ?? 0) + 1, tokens }
}

/** @param step  counts from 1, up to the trail's `stepCount`. */
export function stepOf({ tokens, stepCount }: KeptTrail, step: number): { guess: Uint16Array; kept: Uint16Array } {
  const length = tokens.length / stepCount
  const own = tokens.slice((step - 1) * length, step * length)
  return { guess: own.slice(0, length / 2), kept: own.slice(length / 2) }
}
