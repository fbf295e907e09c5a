import { useLayoutEffect, type RefObject } from 'react'
import type { ViewportStore } from '../canvas/viewport-store.ts'

/** Screen pixels that the bars take; the fit adds its own margin. The prompt box may grow over the picture for a while. */
const BARS = { bottom: 92, left: 44 }
/** Of the fit's own margin, what lies beneath the bars at the top. */
const TOP_OVERLAP = 12

/** Tells the canvas what panels lie over, so that *fit* shows the whole picture beside them. */
export function useInsets(viewport: ViewportStore, top: RefObject<HTMLElement | null>, drawer: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const [bars, panels] = [top.current, drawer.current]
    if (bars === null || panels === null) return
    const look = () => {
      const right = panels.childElementCount === 0 ? 0 : panels.offsetWidth
      // In a narrow window the bars take a second row.
      viewport.setInsets({ ...BARS, top: bars.offsetHeight - TOP_OVERLAP, right })
    }
    const observer = new ResizeObserver(look)
    observer.observe(bars)
    observer.observe(panels)
    look()
    return () => observer.disconnect()
  }, [viewport, top, drawer])
}
