/** How long a speed is remembered: shorter jumps about, longer hides that a line got slow. */
const MEMORY_MS = 8000

/** How quickly an install goes on, from what is done when. Times in ms of any one clock. */
export class InstallPace {
  readonly #samples: { atMs: number; done: number }[] = []

  note(atMs: number, done: number): void {
    // What is counted anew, as a damaged file is, begins a new memory.
    if (done < (this.#samples.at(-1)?.done ?? 0)) this.#samples.length = 0
    this.#samples.push({ atMs, done })
    while (this.#samples.length > 2 && this.#samples[1]!.atMs < atMs - MEMORY_MS) this.#samples.shift()
  }

  /** null while it cannot be told. */
  get perSecond(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (first === undefined || last === undefined || last.atMs - first.atMs < 500 || last.done === first.done) return null
    return ((last.done - first.done) * 1000) / (last.atMs - first.atMs)
  }

  secondsLeft(total: number): number | null {
    const { perSecond } = this
    const done = this.#samples.at(-1)?.done ?? 0
    return perSecond === null ? null : (total - done) / perSecond
  }
}
