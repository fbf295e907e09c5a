import { useLayoutEffect, type RefObject } from 'react'
import type { ViewportStore } from '../canvas/viewport-store.ts'

/**
 * Screen pixels that the bars take; the fit adds its own margin. At the bottom: a prompt of one line with two lines of notes. For
 * more the prompt box grows over the picture for a while, so that nothing moves while somebody writes.
 */
const BARS = { top: 36, bottom: 118, left: 44 }
/** Of the second row that the bars at the top take in a narrow window, with its gap. Not measured: tools' rows differ a little. */
const ROW_HEIGHT = 52

/** Tells the canvas what panels lie over, so that *fit* shows the whole picture beside them. */
export function useInsets(viewport: ViewportStore, top: RefObject<HTMLElement | null>, drawer: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const [bars, panels] = [top.current, drawer.current]
    if (bars === null || panels === null) return
    const look = () => {
      const right = panels.childElementCount === 0 ? 0 : panels.offsetWidth
      const hasTwoRows = bars.offsetHeight > 1.5 * ROW_HEIGHT
      viewport.setInsets({ ...BARS, top: hasTwoRows ? BARS.top + ROW_HEIGHT : BARS.top, right })
    }
    const observer = new ResizeObserver(look)
    observer.observe(bars)
    observer.observe(panels)
    look()
    return () => observer.disconnect()
  }, [viewport, top, drawer])
}
