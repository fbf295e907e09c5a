import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineEvent } from '../../api/jobs.ts'
import { createEventHub, type EventHub } from './event-hub.ts'

const SNAPSHOT: EngineEvent = {
  type: 'snapshot', jobs: [], installs: [], model: { packId: null, state: 'idle', progress: 0, message: null, execution: null },
}
const PREVIEW: EngineEvent = { type: 'preview', jobId: 'j', index: 0, step: 1 }

let events: EventHub
let gone: string[]
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  events = createEventHub({ heartbeatMs: 100, windowGraceMs: 40 })
  gone = []
  events.onWindowGone((window) => gone.push(window))
})
afterEach(() => {
  events.dispose()
  vi.useRealTimers()
})

function listen(window: string) {
  const reader = events.connect(window, () => SNAPSHOT).getReader()
  return {
    close: () => reader.cancel(),
    next: async () => {
      const { value, done } = await reader.read()
      return done ? undefined : (JSON.parse(new TextDecoder().decode(value).slice('data: '.length)) as EngineEvent)
    },
  }
}

describe('a window that listens', () => {
  it('hears a snapshot first, then what happens', async () => {
    const window = listen('one')
    events.publish(PREVIEW)
    expect(await window.next()).toEqual(SNAPSHOT)
    expect(await window.next()).toEqual(PREVIEW)
  })

  it('hears a heartbeat while nothing happens', async () => {
    const window = listen('one')
    await window.next()
    vi.advanceTimersByTime(100)
    expect(await window.next()).toEqual({ type: 'heartbeat' })
  })

  it('is gone when its stream ended and the grace time is over', async () => {
    await listen('one').close()
    vi.advanceTimersByTime(39)
    expect(gone).toEqual([])
    vi.advanceTimersByTime(1)
    expect(gone).toEqual(['one'])
  })

  it('is not gone when it comes back in time, as after a reload', async () => {
    await listen('one').close()
    vi.advanceTimersByTime(20)
    listen('one')
    vi.advanceTimersByTime(1000)
    expect(gone).toEqual([])
  })

  it('is not gone while another of its streams is open', async () => {
    listen('one')
    await listen('one').close()
    vi.advanceTimersByTime(1000)
    expect(gone).toEqual([])
  })

  it('hears the end when the engine ends, and does not count as gone', async () => {
    const window = listen('one')
    await window.next()
    events.dispose()
    expect(await window.next()).toBeUndefined()
    vi.advanceTimersByTime(1000)
    expect(gone).toEqual([])
  })
})
