import { useState } from 'react'
import { EngineError } from '../../../electron/api/errors.ts'
import type { Install } from '../../../electron/api/installs.ts'
import { INSTALL_STRINGS } from '../../../electron/api/strings/installs.ts'
import { INSTALL_PROGRESS_STRINGS as STRINGS } from '../../../electron/api/strings/models-dialog.ts'
import { useEngine } from '../../engine/engine-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import styles from './ModelsDialog.module.css'

/** One model on its way: how far it is, how long it takes, and pause, go on, cancel. */
export function InstallRow({ install }: { install: Install }) {
  const { id, name, state, isPausable, progress, error } = install
  const { client, installs } = useEngine()
  const [problem, setProblem] = useState<string>()
  const attempt = (action: (id: string) => Promise<Install>) => () => {
    setProblem(undefined)
    action(id).then(installs.put, (thrown: unknown) => setProblem(EngineError.from(thrown).message))
  }
  const trouble = problem ?? error?.message
  const action = (label: string, run: (id: string) => Promise<Install>) => (
    <Button size="small" aria-label={STRINGS.namedAction(label, name)} onClick={attempt(run)}>
      {label}
    </Button>
  )
  return (
    <li className={styles.model}>
      <div className={styles.modelHead}>
        <h4 className={styles.name}>{name}</h4>
        {state === 'running' && isPausable && action(STRINGS.pause, client.pauseInstall)}
        {(state === 'paused' || state === 'offline') && action(STRINGS.resume, client.resumeInstall)}
        {state === 'failed' && action(STRINGS.retry, client.resumeInstall)}
        {action(state === 'failed' ? STRINGS.discard : STRINGS.cancel, client.cancelInstall)}
      </div>
      <Progress label={STRINGS.progress(name)} share={progress} />
      <p className={styles.detail} role="status">
        {describe(install)}
      </p>
      {trouble && (
        <p className={styles.failed} role="alert">
          {trouble}
        </p>
      )}
    </li>
  )
}

/** "Downloading · 120 MB of 2.4 GB · 11 MB a second · 200s left" */
function describe({ state, phase, progress, downloadedBytes, downloadBytes, bytesPerSecond, secondsLeft }: Install): string {
  if (state === 'offline') return STRINGS.offline
  const isDownloading = phase === 'downloading'
  const parts = [
    state === 'paused' ? STRINGS.paused : INSTALL_STRINGS.phases[phase],
    isDownloading ? STRINGS.bytes(downloadedBytes, downloadBytes) : STRINGS.share(progress),
  ]
  if (state === 'running' && isDownloading && bytesPerSecond !== null) parts.push(STRINGS.speed(bytesPerSecond))
  if (state === 'running' && secondsLeft !== null) parts.push(STRINGS.secondsLeft(secondsLeft))
  return parts.join(' · ')
}
