/** The tokens of every decode step of a candidate so far; of a very long run those of the last one. */
export interface KeptTrail {
  /** Of the last stage. */
  readonly rows: number
  readonly columns: number
  readonly stepCount: number
  /** As in `Candidate.trail`: for each step the guess of all stages, then what was kept of it. */
  readonly tokens: Uint16Array
}

/** Of a longer trail only the newest step is kept: a picture of many grids takes thousands, each with all of its tokens. */
const MAX_TRAIL_BYTES = 8 * 1024 ** 2

/** Gathers the trail of a candidate that is forming. */
export class FormingTrail {
  readonly #size: Pick<KeptTrail, 'rows' | 'columns'>
  #steps: Uint16Array[] = []

  /** @param size  of the last stage. */
  constructor({ rows, columns }: Pick<KeptTrail, 'rows' | 'columns'>) {
    this.#size = { rows, columns }
  }

  /**
   * @param step  one more: guess, then what was kept.
   * @param runSteps  how many the candidate takes.
   */
  add(step: Uint16Array, runSteps: number): void {
    if (step.byteLength * runSteps > MAX_TRAIL_BYTES) this.#steps = []
    this.#steps.push(step)
  }

  /** As it is now. */
  join(): KeptTrail {
    const length = this.#steps[0]?.length ?? 0
    const tokens = new Uint16Array(length * this.#steps.length)
    this.#steps.forEach((step, at) => tokens.set(step, at * length))
    return { ...this.#size, stepCount: this.#steps.length, tokens }
  }
}

/** @param step  counts from 1, up to the trail's `stepCount`. */
export function stepOf({ tokens, stepCount }: KeptTrail, step: number): { guess: Uint16Array; kept: Uint16Array } {
  const length = tokens.length / stepCount
  const own = tokens.slice((step - 1) * length, step * length)
  return { guess: own.slice(0, length / 2), kept: own.slice(length / 2) }
}
