import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineEvent } from '../../electron/api/jobs.ts'
import { openEventStream, type Connection } from './event-stream.ts'

/** A line to an engine that can be spoken on and cut. */
class Line {
  onmessage: ((message: { data: string }) => void) | null = null
  onerror: (() => void) | null = null
  isClosed = false
  close() {
    this.isClosed = true
  }
  say(event: EngineEvent) {
    this.onmessage?.({ data: JSON.stringify(event) })
  }
}

function connect() {
  const lines: Line[] = []
  const events: EngineEvent[] = []
  const connections: Connection[] = []
  const stream = openEventStream({
    url: 'events',
    onEvent: (event) => events.push(event),
    onConnection: (connection) => connections.push(connection),
    createSource: () => {
      const line = new Line()
      lines.push(line)
      return line as unknown as EventSource
    },
  })
  return { stream, lines, events, connections }
}

describe('the event stream', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('hands on what the engine says', () => {
    const { lines, events, connections } = connect()
    lines[0]?.say({ type: 'heartbeat' })
    expect(events).toEqual([{ type: 'heartbeat' }])
    expect(connections.at(-1)).toBe('open')
  })

  it('connects again after the line was cut, waiting longer each time', () => {
    const { lines, connections } = connect()
    lines[0]?.onerror?.()
    expect(connections.at(-1)).toBe('lost')
    vi.advanceTimersByTime(500)
    expect(lines).toHaveLength(2)
    lines[1]?.onerror?.()
    vi.advanceTimersByTime(900)
    expect(lines).toHaveLength(2)
    vi.advanceTimersByTime(100)
    expect(lines).toHaveLength(3)
  })

  it('takes a silent line for dead', () => {
    const { lines, connections } = connect()
    lines[0]?.say({ type: 'heartbeat' })
    vi.advanceTimersByTime(36_000)
    expect(lines[0]?.isClosed).toBe(true)
    expect(connections.at(-1)).toBe('lost')
  })

  it('does not listen to a line it has given up', () => {
    const { stream, lines, events } = connect()
    stream.reconnect()
    lines[0]?.say({ type: 'heartbeat' })
    expect(events).toEqual([])
  })

  it('stays away once it is disposed of', () => {
    const { stream, lines } = connect()
    stream.dispose()
    vi.advanceTimersByTime(60_000)
    expect(lines).toHaveLength(1)
  })
})
