import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from '@playwright/test'
import { launchBrowserHost } from './browser-host.ts'
import { launchDesktopHost } from './desktop-host.ts'
import type { HostKind, LaunchOptions } from './host.ts'
import { Remask } from './remask.ts'

export { expect } from '@playwright/test'

interface HostOptions {
  /** Which host a project runs its specs in. */
  host: HostKind
}

interface Fixtures {
  /** The program, opened on a fresh data folder; closed, and its problems looked at, when the test ends. */
  remask: Remask
}

export const test = base.extend<Fixtures, HostOptions>({
  host: ['browser', { option: true, scope: 'worker' }],

  remask: async ({ host, playwright, launchOptions }, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'remask-e2e-'))
    const options: LaunchOptions = { dataFolder: path.join(folder, 'data'), networkLog: path.join(folder, 'network.log') }
    const browser = host === 'browser' ? await playwright.chromium.launch(launchOptions) : undefined
    const launch = () => (browser ? launchBrowserHost(options, browser) : launchDesktopHost(options))
    const remask = new Remask(host, options.dataFolder, options.networkLog, launch)
    await remask.open()
    try {
      await use(remask)
    } finally {
      await remask.close()
      await browser?.close()
    }
    const { problems } = remask
    // A browser's helpers end a little after it, writing to the last.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    if (problems.length > 0) throw new Error(`The program misbehaved:\n${problems.join('\n')}`)
  },
})
