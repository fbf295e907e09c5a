import { expect, it } from 'vitest'
import { readPeakBytes } from './peak-memory.ts'

it('gives no less than what this process has now', () => {
  expect(readPeakBytes(process.pid)).toBeGreaterThan(process.memoryUsage().rss / 2)
})

it('knows nothing of a process that was never started', () => {
  expect(readPeakBytes(undefined)).toBeNull()
})
