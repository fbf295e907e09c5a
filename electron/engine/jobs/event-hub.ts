import type { EngineEvent } from '../../api/jobs.ts'

/** Hands the engine's events to the windows that listen, one stream each. */
export interface EventHub {
  publish(event: EngineEvent): void
  /** A stream of server-sent events, beginning with `snapshot()`. */
  connect(window: string, snapshot: () => EngineEvent): ReadableStream<Uint8Array>
  /** Called when a window's stream ended and no new one came within the grace time. */
  onWindowGone(listener: (window: string) => void): void
  /** Ends all streams. */
  dispose(): void
}

/** Also how a stream whose client went silently is found out: writing to it fails. */
const HEARTBEAT_MS = 15_000
/** A reload or a short sleep closes a stream and opens another; the window keeps its documents meanwhile. */
const WINDOW_GRACE_MS = 4000

type Controller = ReadableStreamDefaultController<Uint8Array>

export function createEventHub({ heartbeatMs = HEARTBEAT_MS, windowGraceMs = WINDOW_GRACE_MS } = {}): EventHub {
  const streams = new Map<Controller, string>()
  const goneListeners: ((window: string) => void)[] = []
  const graceTimers = new Map<string, NodeJS.Timeout>()
  let isDisposed = false

  const forget = (controller: Controller) => {
    const window = streams.get(controller)
    if (window === undefined || !streams.delete(controller) || isDisposed) return
    if ([...streams.values()].includes(window)) return
    clearTimeout(graceTimers.get(window))
    const timer = setTimeout(() => {
      graceTimers.delete(window)
      for (const listener of goneListeners) listener(window)
    }, windowGraceMs)
    graceTimers.set(window, timer.unref())
  }

  const send = (controller: Controller, bytes: Uint8Array) => {
    try {
      controller.enqueue(bytes)
    } catch {
      forget(controller)
    }
  }

  const publish = (event: EngineEvent) => {
    const bytes = encodeEvent(event)
    for (const controller of streams.keys()) send(controller, bytes)
  }

  const heartbeat = setInterval(() => publish({ type: 'heartbeat' }), heartbeatMs).unref()

  return {
    publish,
    connect(window, snapshot) {
      clearTimeout(graceTimers.get(window))
      graceTimers.delete(window)
      let controller: Controller
      return new ReadableStream<Uint8Array>({
        start(opened) {
          controller = opened
          streams.set(controller, window)
          send(controller, encodeEvent(snapshot()))
        },
        cancel: () => forget(controller),
      })
    },
    onWindowGone: (listener) => void goneListeners.push(listener),
    dispose() {
      isDisposed = true
      clearInterval(heartbeat)
      for (const timer of graceTimers.values()) clearTimeout(timer)
      for (const controller of streams.keys()) controller.close()
      streams.clear()
    },
  }
}

function encodeEvent(event: EngineEvent): Uint8Array {
  return new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`)
}
