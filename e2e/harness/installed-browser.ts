import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

const COMMON_PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) =>
    [process.env[variable]].flatMap((folder) => (folder ? [path.join(folder, 'Google/Chrome/Application/chrome.exe')] : [])),
  ),
}

export interface FoundBrowser {
  readonly executable: string
  /** For the line that says what was used. */
  readonly origin: string
}

/**
 * The Chromium that shows the pages: the one that CHROME_PATH names, an installed one, Playwright's own, or, for root in
 * a continuous integration run, the one that Debian's package manager installs.
 */
export function findBrowser(): FoundBrowser {
  const asked = process.env['CHROME_PATH']
  if (asked) return { executable: asked, origin: 'CHROME_PATH' }
  const installed = findInstalled()
  if (installed !== undefined) return { executable: installed, origin: 'installed' }
  const own = chromium.executablePath()
  if (existsSync(own)) return { executable: own, origin: "Playwright's" }
  if (process.env['CI'] === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    installFromDebian()
    const executable = findInstalled()
    if (executable !== undefined) return { executable, origin: 'installed just now with apt-get' }
  }
  throw new Error(
    'The end-to-end tests need a Chromium: install Chrome or Chromium, set CHROME_PATH, or run "npx playwright install chromium".',
  )
}

function findInstalled(): string | undefined {
  return COMMON_PLACES[process.platform]?.find((file) => existsSync(file))
}

function installFromDebian(): void {
  const run = (...args: string[]) =>
    execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  run('update', '-qq')
  run('install', '-y', '-qq', '--no-install-recommends', 'chromium')
}
