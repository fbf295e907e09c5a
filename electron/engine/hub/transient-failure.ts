import { setTimeout as delay } from 'node:timers/promises'
import type { EngineError } from '../../api/errors.ts'

/** What may succeed when it is tried again: the network is gone, or a server is busy. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure'
  /** What it is to the user where trying again did not help. */
  readonly error: EngineError
  /** How long the server asks to wait, or null. */
  readonly retryAfterMs: number | null

  constructor(error: EngineError, retryAfterMs: number | null) {
    super(error.message, { cause: error.cause })
    this.error = error
    this.retryAfterMs = retryAfterMs
  }
}

/** The first wait after a failure. */
export const FIRST_WAIT_MS = 500
/** The longest wait between two tries, whatever a server asks for: the user sees that it waits. */
const MAX_WAIT_MS = 60_000

/** How long to wait before a try: what the server asks for, else twice as long each time. @param failureCount  in a row, from 1. */
export function waitMs({ retryAfterMs }: TransientFailure, failureCount: number, firstWaitMs = FIRST_WAIT_MS): number {
  return Math.min(MAX_WAIT_MS, retryAfterMs ?? firstWaitMs * 2 ** Math.min(failureCount - 1, 10))
}

/** Reads the header of that name: seconds, or a date. */
export function parseRetryAfter(header: string | null, now = Date.now()): number | null {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

/** Tries a few times. @throws the EngineError of the last failure. */
export async function tryRepeatedly<T>(
  attempt: () => Promise<T>, signal: AbortSignal, { firstWaitMs = FIRST_WAIT_MS, attemptCount = 4 } = {},
): Promise<T> {
  for (let failureCount = 1; ; failureCount++) {
    try {
      return await attempt()
    } catch (thrown) {
      if (!(thrown instanceof TransientFailure)) throw thrown
      if (failureCount >= attemptCount) throw thrown.error
      await delay(waitMs(thrown, failureCount, firstWaitMs), undefined, { signal })
    }
  }
}
