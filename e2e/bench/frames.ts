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
}

/** At 60 frames a second one was left out. */
const SLOW_FRAME_MS = 25

interface Recording {
  readonly frames: number[]
  penUpMs: number | null
  isOver: boolean
}
type RecordingWindow = Window & { benchRecording?: Recording }

/** Records the page's frames while `work` goes on. */
export async function recordFrames(page: Page, work: () => Promise<void>): Promise<FrameTimes> {
  await page.evaluate(() => {
    const recording: Recording = { frames: [], penUpMs: null, isOver: false }
    ;(window as RecordingWindow).benchRecording = recording
    const tick = (now: number) => {
      recording.frames.push(now)
      if (!recording.isOver) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    let upAt = 0
    // The first and the last to hear of it.
    window.addEventListener('pointerup', () => (upAt = performance.now()), { capture: true, once: true })
    window.addEventListener('pointerup', () => (recording.penUpMs = performance.now() - upAt), { once: true })
  })
  await work()
  const { frames, penUpMs } = await page.evaluate(async () => {
    const recording = (window as RecordingWindow).benchRecording
    if (recording === undefined) throw new Error('Nothing was recorded')
    // What the last event set off belongs to it.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    recording.isOver = true
    return { frames: recording.frames, penUpMs: recording.penUpMs }
  })
  const times = frames.slice(1).map((at, i) => at - (frames[i] ?? at)).sort((a, b) => a - b)
  const atShare = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    frameCount: times.length,
    medianMs: atShare(0.5),
    p95Ms: atShare(0.95),
    slowCount: times.filter((ms) => ms > SLOW_FRAME_MS).length,
    penUpMs,
  }
}
