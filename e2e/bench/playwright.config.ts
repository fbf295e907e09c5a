import path from 'node:path'
import { defineConfig } from '@playwright/test'
import type { HostKind } from '../harness/host.ts'
import { findBrowser } from '../harness/installed-browser.ts'

const browser = findBrowser()

/** What needs a page, measured in the browser host: `npm run bench:page`. */
export default defineConfig<object, { host: HostKind }>({
  testDir: import.meta.dirname,
  testMatch: '*.bench.ts',
  outputDir: path.join(import.meta.dirname, '../../test-results/bench'),
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: [['dot']],
  use: { launchOptions: { executablePath: browser.executable }, trace: 'off', screenshot: 'off', host: 'browser' },
})
