import path from 'node:path'
import { defineConfig } from '@playwright/test'
import type { HostKind } from './harness/host.ts'
import { findElectron } from './harness/electron-binary.ts'
import { findBrowser } from './harness/installed-browser.ts'

const browser = findBrowser()
const electron = findElectron()
// Read by the electron package when Playwright asks it for the executable, in this process and in the workers.
if (electron.overrideFolder !== undefined) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electron.overrideFolder
process.env['REMASK_CHROMIUM'] = browser.executable

// Workers read this file too; it is said once.
if (process.env['TEST_WORKER_INDEX'] === undefined) {
  const desktop = electron.isStandIn ? 'the stand-in for Electron' : 'Electron'
  console.log(`Pages: ${browser.executable} (${browser.origin}). Desktop: ${desktop} (${electron.reason}).`)
}

/** Specs that start the program themselves, in no window. */
const HOSTLESS = ['command-line.spec.ts', 'command-line-tokens.spec.ts', 'evaluation.spec.ts', 'import-model.spec.ts', 'packaging.spec.ts', 'start.spec.ts']

const jsonReport = process.env['REMASK_E2E_REPORT']

export default defineConfig<object, { host: HostKind }>({
  testDir: path.join(import.meta.dirname, 'specs'),
  outputDir: path.join(import.meta.dirname, '../test-results'),
  // The model fills the cores by itself: programs side by side would only wait for each other.
  workers: 1,
  timeout: 180_000,
  retries: process.env['CI'] ? 1 : 0,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ...(jsonReport ? [['json', { outputFile: jsonReport }] as const] : [])] as never,
  use: { launchOptions: { executablePath: browser.executable }, trace: 'off', screenshot: 'only-on-failure' },
  projects: [
    { name: 'program', testMatch: [...HOSTLESS] },
    { name: 'browser', use: { host: 'browser' }, testIgnore: ['desktop-*.spec.ts', ...HOSTLESS] },
    { name: 'desktop', use: { host: 'desktop' }, testIgnore: ['browser-*.spec.ts', ...HOSTLESS] },
  ],
})
