import path from 'node:path'
import { defineConfig } from '@playwright/test'
import config from './playwright.config.ts'

/** `npm run screenshots`: the README's pictures, made by the real program. */
export default defineConfig({
  ...config,
  testDir: import.meta.dirname,
  outputDir: path.join(import.meta.dirname, '../test-results'),
  timeout: 600_000,
  projects: [{ name: 'screenshots', testMatch: ['screenshots.ts', 'edit-pictures.ts', 'token-pictures.ts'] }],
})
