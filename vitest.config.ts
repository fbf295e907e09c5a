import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['{electron,renderer,models}/**/*.test.{ts,tsx}'], testTimeout: 20_000 },
})
