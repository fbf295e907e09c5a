import { useEffect, useRef } from 'react'
import { CANVAS_STRINGS } from '../../electron/api/strings/canvas.ts'
import { CanvasStage } from './canvas-stage.ts'
import type { CanvasProps } from './canvas-props.ts'

/** The picture, its mask and the tools. Fills its parent; everything inside is drawn by Konva, not by React. */
export function Canvas(props: CanvasProps) {
  const { documentStore, viewportStore, tileSource, className } = props
  const container = useRef<HTMLDivElement>(null)
  const stage = useRef<CanvasStage | null>(null)

  useEffect(() => {
    if (container.current === null) return
    const created = new CanvasStage(container.current, { documentStore, viewportStore, tileSource })
    stage.current = created
    return () => {
      created.dispose()
      stage.current = null
    }
  }, [documentStore, viewportStore, tileSource])

  useEffect(() => stage.current?.update(props))

  return (
    <div
      ref={container}
      className={className}
      style={{ position: 'relative', width: '100%', height: '100%', overflow: 'hidden', touchAction: 'none' }}
      tabIndex={0}
      role="application"
      aria-label={CANVAS_STRINGS.label}
      aria-description={CANVAS_STRINGS.description}
    />
  )
}
