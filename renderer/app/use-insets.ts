import { useLayoutEffect, type RefObject } from 'react'
import type { ViewportStore } from '../canvas/viewport-store.ts'

/** Screen pixels that the bars take; the fit adds its own margin. The prompt box may grow over the picture for a while. */
const BARS = { top: 36, bottom: 92, left: 44, right: 0 }

/** Tells the canvas what panels lie over, so that *fit* shows the whole picture beside them. */
export function useInsets(viewport: ViewportStore, drawer: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = drawer.current
    if (element === null) return
    const look = () => {
      const width = element.childElementCount === 0 ? 0 : element.offsetWidth
      viewport.setInsets({ ...BARS, right: Math.max(BARS.right, width) })
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    look()
    return () => observer.disconnect()
  }, [viewport, drawer])
}
