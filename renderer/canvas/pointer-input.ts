import type { ScreenPoint } from './viewport.ts'

/** A pointer event without the DOM's: what the canvas needs of it. */
export interface PointerInput extends ScreenPoint {
  /** 0–1; 1 for what cannot feel it. */
  readonly pressure: number
  readonly isEraserEnd: boolean
  readonly button: 'main' | 'middle' | 'right'
  readonly isShift: boolean
  readonly isAlt: boolean
  readonly isCtrl: boolean
}

export interface PointerListener {
  down(input: PointerInput): void
  /** All positions since the last event, oldest first. */
  move(inputs: readonly PointerInput[]): void
  up(input: PointerInput): void
  leave(): void
  /** The gesture is over and shall leave no trace: focus was lost, or a second finger came down. */
  cancel(): void
  /** Two fingers, or a trackpad: zooms by `factor` at a point and moves by so much. */
  pinch(factor: number, at: ScreenPoint, dxScreen: number, dyScreen: number): void
}

const ERASER_BUTTON = 32
/** Of a wheel's delta in lines. */
const PIXELS_PER_LINE = 16
/** Zoom by one pixel of wheel delta: a notch of 100 zooms by 1.22, a trackpad's pinch (small deltas, sent with ctrl) by more each. */
const WHEEL_ZOOM = 0.002
const PINCH_ZOOM = 0.01
/** A mouse wheel's notch is at least this much; a trackpad sends less, or moves sideways as well. */
const MIN_NOTCH = 40
/** A trackpad's swipe goes on with larger steps: they belong to it for so long. */
const TRACKPAD_MEMORY_MS = 300

/** Turns pointer, touch and wheel events of an element into calls. Returns what ends it. */
export function listenToPointer(element: HTMLElement, listener: PointerListener): () => void {
  const ending = new AbortController()
  const { signal } = ending
  const touches = new Map<number, ScreenPoint>()
  let activeId: number | undefined
  const at = (event: MouseEvent): ScreenPoint => {
    const { left, top } = element.getBoundingClientRect()
    return { xScreen: event.clientX - left, yScreen: event.clientY - top }
  }
  const cancel = () => {
    if (activeId === undefined) return
    activeId = undefined
    listener.cancel()
  }

  element.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') touches.set(event.pointerId, at(event))
    if (touches.size === 2) return cancel()
    if (activeId !== undefined || touches.size > 2) return
    activeId = event.pointerId
    element.setPointerCapture(event.pointerId)
    listener.down(readInput(event, at(event)))
  }, { signal })

  element.addEventListener('pointermove', (event) => {
    if (touches.has(event.pointerId)) {
      if (touches.size === 2) {
        pinchBy(touches, event.pointerId, at(event), listener)
        return
      }
      touches.set(event.pointerId, at(event))
    }
    if (activeId !== undefined && event.pointerId !== activeId) return
    const coalesced = event.getCoalescedEvents()
    const events = coalesced.length > 0 ? coalesced : [event]
    listener.move(events.map((each) => readInput(each, at(each), activeId === undefined ? undefined : event)))
  }, { signal })

  const release = (event: PointerEvent) => {
    touches.delete(event.pointerId)
    if (event.pointerId !== activeId) return
    activeId = undefined
    listener.up(readInput(event, at(event)))
  }
  element.addEventListener('pointerup', release, { signal })
  element.addEventListener('pointercancel', (event) => {
    touches.delete(event.pointerId)
    if (event.pointerId === activeId) cancel()
  }, { signal })
  element.addEventListener('pointerleave', () => activeId === undefined && listener.leave(), { signal })
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal })
  window.addEventListener('blur', () => {
    touches.clear()
    cancel()
    listener.leave()
  }, { signal })

  listenToWheel(element, at, listener, signal)
  return () => ending.abort()
}

function listenToWheel(
  element: HTMLElement,
  at: (event: MouseEvent) => ScreenPoint,
  listener: PointerListener,
  signal: AbortSignal,
): void {
  let lastTrackpadMs = -Infinity
  element.addEventListener('wheel', (event) => {
    event.preventDefault()
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? PIXELS_PER_LINE : 1
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit]
    if (event.ctrlKey) return listener.pinch(Math.exp(-dy * (Math.abs(dy) < MIN_NOTCH ? PINCH_ZOOM : WHEEL_ZOOM)), at(event), 0, 0)
    if (event.shiftKey) return listener.pinch(1, at(event), -(dx || dy), 0)
    const isTrackpad = dx !== 0 || Math.abs(dy) < MIN_NOTCH || event.timeStamp - lastTrackpadMs < TRACKPAD_MEMORY_MS
    if (isTrackpad) {
      lastTrackpadMs = event.timeStamp
      listener.pinch(1, at(event), -dx, -dy)
    } else listener.pinch(Math.exp(-dy * WHEEL_ZOOM), at(event), 0, 0)
  }, { signal, passive: false })
}

function readInput(event: PointerEvent, at: ScreenPoint, held: PointerEvent = event): PointerInput {
  return {
    ...at,
    pressure: event.pointerType === 'pen' ? event.pressure : 1,
    isEraserEnd: (held.buttons & ERASER_BUTTON) !== 0 || held.button === 5,
    button: event.button === 1 ? 'middle' : event.button === 2 ? 'right' : 'main',
    isShift: held.shiftKey,
    isAlt: held.altKey,
    isCtrl: held.ctrlKey || held.metaKey,
  }
}

/** One of two fingers moved. */
function pinchBy(touches: Map<number, ScreenPoint>, id: number, to: ScreenPoint, listener: PointerListener): void {
  const from = touches.get(id)
  const other = [...touches].find(([otherId]) => otherId !== id)?.[1]
  touches.set(id, to)
  if (from === undefined || other === undefined) return
  const distance = (point: ScreenPoint) => Math.hypot(point.xScreen - other.xScreen, point.yScreen - other.yScreen)
  const middle = { xScreen: (to.xScreen + other.xScreen) / 2, yScreen: (to.yScreen + other.yScreen) / 2 }
  listener.pinch(
    distance(to) / Math.max(1, distance(from)),
    middle,
    (to.xScreen - from.xScreen) / 2,
    (to.yScreen - from.yScreen) / 2,
  )
}
