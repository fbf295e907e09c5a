import { defineConfig } from 'vitest/config'
import { assembleWat } from './assemble-wat.ts'

// Tests run real processes and the real model: on a crowded machine they take their time. Only a machine of its own that
// nobody watches tries a failed one again.
export default defineConfig({
  plugins: [assembleWat()],
  test: { include: ['{electron,renderer,models}/**/*.test.{ts,tsx}'], testTimeout: 60_000, retry: process.env['CI'] ? 1 : 0 },
})
