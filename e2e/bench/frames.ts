import type { Page } from '@playwright/test'

/** Times between frames while something went on, in ms. */
export interface FrameTimes {
  readonly frameCount: number
  readonly medianMs: number
  readonly p95Ms: number
  /** Frames that came later than SLOW_FRAME_MS after the one before. */
  readonly slowCount: number
  /** How long the page took to handle the pen's going up; null where it did not. */
  readonly penUpMs: number | null
  /** The longest of the frames from then on: what was put off until after the event counts here. */
  readonly penUpFrameMs: number | null
}

/** At 60 frames a second one was left out. */
const SLOW_FRAME_MS = 25

interface Recording {
  readonly frames: number[]
  penUpAt: number
  penUpMs: number | null
  isOver: boolean
}
type RecordingWindow = Window & { benchRecording?: Recording }

/** Records the page's frames while `work` goes on. */
export async function recordFrames(page: Page, work: () => Promise<void>): Promise<FrameTimes> {
  await page.evaluate(() => {
    const recording: Recording = { frames: [], penUpAt: Infinity, penUpMs: null, isOver: false }
    ;(window as RecordingWindow).benchRecording = recording
    const tick = (now: number) => {
      recording.frames.push(now)
      if (!recording.isOver) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    // The first and the last to hear of it.
    window.addEventListener('pointerup', () => (recording.penUpAt = performance.now()), { capture: true, once: true })
    window.addEventListener('pointerup', () => (recording.penUpMs = performance.now() - recording.penUpAt), { once: true })
  })
  await work()
  const { frames, penUpAt, penUpMs } = await page.evaluate(async () => {
    const recording = (window as RecordingWindow).benchRecording
    if (recording === undefined) throw new Error('Nothing was recorded')
    // What the last event set off belongs to it.
    for (let i = 0; i < 6; i++) await new Promise(requestAnimationFrame)
    recording.isOver = true
    return { frames: recording.frames, penUpAt: recording.penUpAt, penUpMs: recording.penUpMs }
  })
  const gaps = frames.slice(1).map((at, i) => ({ at, ms: at - (frames[i] ?? at) }))
  const times = gaps.map(({ ms }) => ms).sort((a, b) => a - b)
  const atShare = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    frameCount: times.length,
    medianMs: atShare(0.5),
    p95Ms: atShare(0.95),
    slowCount: times.filter((ms) => ms > SLOW_FRAME_MS).length,
    penUpMs,
    penUpFrameMs: penUpMs === null ? null : Math.max(...gaps.filter(({ at }) => at > penUpAt).map(({ ms }) => ms)),
  }
}
