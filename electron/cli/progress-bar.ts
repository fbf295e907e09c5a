import cliProgress from 'cli-progress'
import type { Job } from '../api/jobs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'

type Progress = Pick<Job, 'step' | 'stepCount' | 'secondsLeft'> & { readonly phase: keyof typeof STRINGS.phases }

export interface ProgressBar {
  show(progress: Progress): void
  end(): void
}

/** On stderr, and only where that is a terminal: a pipe gets results and nothing else. */
export function createProgressBar(): ProgressBar {
  if (!process.stderr.isTTY) return { show() {}, end() {} }
  const bar = new cliProgress.SingleBar(
    { format: '{phase} {bar} {value}/{total} {left}', stream: process.stderr, hideCursor: true, clearOnComplete: true, barsize: 24 },
    cliProgress.Presets.shades_classic,
  )
  let isStarted = false
  return {
    show({ step, stepCount, phase, secondsLeft }) {
      const payload = {
        phase: STRINGS.phases[phase].padEnd(18),
        left: secondsLeft === null ? '' : STRINGS.secondsLeft(secondsLeft),
      }
      if (!isStarted) bar.start(stepCount, step, payload)
      isStarted = true
      bar.setTotal(stepCount)
      bar.update(step, payload)
    },
    end: () => bar.stop(),
  }
}
