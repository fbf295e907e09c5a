import cliProgress from 'cli-progress'
import type { Install } from '../api/installs.ts'
import { COMMAND_LINE_STRINGS as STRINGS } from '../api/strings/command-line.ts'
import { INSTALL_STRINGS } from '../api/strings/installs.ts'
import { formatBytes } from '../api/strings/numbers.ts'

/** On stderr, and only where that is a terminal. */
export function createInstallBar(): { show(install: Install): void; end(): void } {
  if (!process.stderr.isTTY) return { show() {}, end() {} }
  const bar = new cliProgress.SingleBar(
    { format: '{phase} {bar} {percentage}% {speed} {left}', stream: process.stderr, hideCursor: true, clearOnComplete: true, barsize: 24 },
    cliProgress.Presets.shades_classic,
  )
  let isStarted = false
  return {
    show({ progress, phase, state, secondsLeft, bytesPerSecond }) {
      const payload = {
        phase: (state === 'offline' ? STRINGS.offline : INSTALL_STRINGS.phases[phase]).padEnd(28),
        speed: bytesPerSecond === null ? '' : `${formatBytes(bytesPerSecond)}/s`,
        left: secondsLeft === null ? '' : STRINGS.secondsLeft(secondsLeft),
      }
      if (!isStarted) bar.start(1000, 0, payload)
      isStarted = true
      bar.update(Math.round(progress * 1000), payload)
    },
    end: () => bar.stop(),
  }
}
