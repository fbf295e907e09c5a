import { describe, expect, it } from 'vitest'
import { EngineError } from '../../api/errors.ts'
import { parseRetryAfter, TransientFailure, tryRepeatedly, waitMs } from './transient-failure.ts'

const failure = (retryAfterMs: number | null) => new TransientFailure(new EngineError('network-lost', 'gone'), retryAfterMs)

describe('what a busy server asks', () => {
  it.each<[string | null, number | null]>([
    ['3', 3000], ['0', 0], [null, null], ['', null], ['soon', null],
    ['Sun, 22 Nov 2026 20:00:10 GMT', 10_000], ['Sun, 22 Nov 2026 19:00:00 GMT', 0],
  ])('to wait: %s', (header, ms) => {
    expect(parseRetryAfter(header, Date.UTC(2026, 10, 22, 20))).toBe(ms)
  })

  it('is kept to, up to a minute; else each wait is twice as long', () => {
    expect(waitMs(failure(2500), 4)).toBe(2500)
    expect(waitMs(failure(3_600_000), 1)).toBe(60_000)
    expect([1, 2, 3, 20].map((count) => waitMs(failure(null), count, 500))).toEqual([500, 1000, 2000, 60_000])
  })
})

describe('trying again', () => {
  const { signal } = new AbortController()
  it('ends with what the last failure is to the user', async () => {
    let count = 0
    const attempt = async () => {
      count++
      throw failure(0)
    }
    await expect(tryRepeatedly(attempt, signal, { attemptCount: 3 })).rejects.toMatchObject({ code: 'network-lost' })
    expect(count).toBe(3)
  })

  it('is not done where it cannot help', async () => {
    let count = 0
    const attempt = async () => {
      count++
      throw new EngineError('repository-closed', 'closed')
    }
    await expect(tryRepeatedly(attempt, signal)).rejects.toMatchObject({ code: 'repository-closed' })
    expect(count).toBe(1)
  })
})
