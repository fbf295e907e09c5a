import type { EngineEvent } from '../../electron/api/jobs.ts'

export type Connection = 'connecting' | 'open' | 'lost'

/** The engine sends a heartbeat every 15 s; after two that are missing the line is taken for dead, whatever the socket says. */
const SILENCE_MS = 35_000
/** First and longest wait before trying again. */
const RETRY_MS = 500
const MAX_RETRY_MS = 5_000

export interface EventStreamOptions {
  readonly url: string
  readonly onEvent: (event: EngineEvent) => void
  readonly onConnection: (connection: Connection) => void
  /** For tests. */
  readonly createSource?: (url: string) => EventSource
}

export interface EventStream {
  /** Tries at once instead of when the wait is over. */
  reconnect(): void
  dispose(): void
}

/** The window's one event stream: a snapshot first, then changes; connects again by itself, and then gets a new snapshot. */
export function openEventStream(options: EventStreamOptions): EventStream {
  const { url, onEvent, onConnection, createSource = (address) => new EventSource(address) } = options
  let source: EventSource | undefined
  let retryMs = RETRY_MS
  let timer: ReturnType<typeof setTimeout> | undefined

  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(then, ms)
  }
  const lose = () => {
    source?.close()
    source = undefined
    onConnection('lost')
    wait(retryMs, connect)
    retryMs = Math.min(MAX_RETRY_MS, retryMs * 2)
  }
  const connect = () => {
    source?.close()
    const opened = createSource(url)
    source = opened
    opened.onmessage = (message: MessageEvent<string>) => {
      if (opened !== source) return
      retryMs = RETRY_MS
      onConnection('open')
      wait(SILENCE_MS, lose)
      onEvent(JSON.parse(message.data) as EngineEvent)
    }
    opened.onerror = () => opened === source && lose()
    wait(SILENCE_MS, lose)
  }

  onConnection('connecting')
  connect()
  return {
    reconnect: connect,
    dispose() {
      clearTimeout(timer)
      source?.close()
      source = undefined
    },
  }
}
