export interface KeyListener {
  /** Arrow keys. Returns whether it was taken. */
  arrow(dx: number, dy: number, isShift: boolean, isFree: boolean): void
  /** Returns whether there was something to confirm. */
  enter(isAlt: boolean): void
  /** Returns whether there was something to leave; if not, Escape is the app's. */
  escape(): boolean
  holdSpace(isHeld: boolean): void
  holdAlt(isHeld: boolean): void
}

const ARROWS: Record<string, readonly [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Keys of the canvas itself; all others are the app's. Returns what ends it. */
export function listenToKeys(element: HTMLElement, listener: KeyListener): () => void {
  const ending = new AbortController()
  const { signal } = ending
  const take = (event: KeyboardEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }

  element.addEventListener('keydown', (event) => {
    const arrow = ARROWS[event.key]
    const hasCommandKey = event.ctrlKey || event.metaKey
    if (arrow && !event.altKey) {
      take(event)
      listener.arrow(arrow[0], arrow[1], event.shiftKey, hasCommandKey)
    } else if (event.key === 'Enter' && !hasCommandKey) {
      take(event)
      listener.enter(event.altKey)
    } else if (event.key === 'Escape' && listener.escape()) take(event)
  }, { signal })

  // Held keys count wherever the focus is, but where they type or press something.
  const isFree = (target: EventTarget | null) => target === document.body || target === element
  window.addEventListener('keydown', (event) => {
    if (event.key === ' ' && isFree(event.target)) {
      event.preventDefault()
      if (!event.repeat) listener.holdSpace(true)
    }
    if (event.key === 'Alt') listener.holdAlt(true)
  }, { signal })
  window.addEventListener('keyup', (event) => {
    if (event.key === ' ') listener.holdSpace(false)
    if (event.key === 'Alt') listener.holdAlt(false)
  }, { signal })
  window.addEventListener('blur', () => {
    listener.holdSpace(false)
    listener.holdAlt(false)
  }, { signal })
  return () => ending.abort()
}
