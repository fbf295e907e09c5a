import { CandidateRun, type RunSetting } from './candidate-run.ts'
import type { TokenPin } from './edit-plan.ts'

/** What a user asked of a run that is under way. */
export type RunCommand = 'go-on' | 'discard' | 'keep'

export interface PassRun {
  readonly setting: RunSetting
  /** One candidate each. */
  readonly seeds: readonly number[]
  /** Asked before every step. */
  readonly readCommand: () => RunCommand
  /** Asked before every step of a candidate: what its user has pinned since. Absent = nothing. */
  readonly takePins?: (candidate: number) => readonly Omit<TokenPin, 'step'>[]
}

/** What has just happened to one candidate. It is done when `run.isDone`. */
export interface CandidateProgress {
  readonly candidate: number
  readonly run: CandidateRun
}

/**
 * Runs a plan for several candidates: predict → guide → draw → re-mask over its passes.
 *
 * The candidates take one decode step each in turn, so that all form together. Yields after every step; whoever consumes
 * it decides when the next one starts, and so can let other work in. After `discard` it ends; after `keep` what is still
 * masked is drawn at once, for the candidates that have begun, and each is yielded once more.
 */
export async function* runPasses({ setting, seeds, readCommand, takePins }: PassRun): AsyncGenerator<CandidateProgress, void> {
  const runs = seeds.map((seed) => new CandidateRun(setting, seed))
  while (runs.some((run) => !run.isDone)) {
    for (const [candidate, run] of runs.entries()) {
      if (run.isDone) continue
      const command = readCommand()
      if (command === 'discard') return
      if (command === 'keep') {
        yield* finishBegun(runs)
        return
      }
      for (const pin of takePins?.(candidate) ?? []) run.pin(pin)
      await run.advance()
      yield { candidate, run }
    }
  }
}

async function* finishBegun(runs: readonly CandidateRun[]): AsyncGenerator<CandidateProgress, void> {
  for (const [candidate, run] of runs.entries()) {
    if (run.isDone || run.stepsTaken === 0) continue
    await run.drawRest()
    yield { candidate, run }
  }
}
