import type { EngineEvent } from '../api/jobs.ts'

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
