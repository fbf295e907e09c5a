import { useMemo } from 'react'
import type { PixelSize } from '../../electron/api/geometry.ts'
import type { Job } from '../../electron/api/jobs.ts'
import { Canvas } from '../canvas/Canvas.tsx'
import type { FormingPreview, ShownImage } from '../canvas/canvas-props.ts'
import { useDocumentState, useEditorState, useOpenJob } from '../engine/document-session.tsx'
import { usePack, usePreview } from '../engine/engine-hooks.ts'
import type { PreviewRaster } from '../engine/engine-client.ts'
import { findPictureBefore } from './picture-before.ts'
import type { EditorSession, Program } from './program.ts'
import { startRun } from './runs.ts'
import styles from './EditorScreen.module.css'

/** The page of an empty document before a pack says what it would create. */
const UNKNOWN_PAGE: PixelSize = { width: 512, height: 512 }

interface CanvasAreaProps {
  program: Program
  session: EditorSession
  theme: 'light' | 'dark'
}

/** The canvas, with the candidate looked at or the state before in the picture's place. */
export function CanvasArea({ program, session, theme }: CanvasAreaProps) {
  const pack = usePack()
  const job = useOpenJob()
  const chosenSize = useEditorState((state) => state.options.size)
  const shownIndex = useEditorState((state) => state.shownCandidate)
  const isBeforeShown = useEditorState((state) => state.isBeforeShown)
  const raster = usePreview(job?.id ?? '', shownIndex ?? 0)
  const headId = useDocumentState((state) => state.headId)

  const candidate = useMemo(() => findShownCandidate(job, shownIndex), [job, shownIndex])
  const before = useMemo(
    () => (isBeforeShown && candidate === null ? findPictureBefore(session.store, headId) : null),
    [isBeforeShown, candidate, session.store, headId],
  )
  const preview = useMemo(() => describePreview(job, shownIndex === null ? null : raster), [job, shownIndex, raster])
  const isResultShown = !isBeforeShown
  return (
    <div className={styles.canvas}>
      <Canvas
        documentStore={session.store}
        viewportStore={session.viewport}
        tileSource={program.engine.tiles}
        cellGeometry={pack}
        emptyPage={chosenSize ?? pack?.defaultSize ?? UNKNOWN_PAGE}
        shownImage={isResultShown ? candidate : before}
        preview={isResultShown && candidate === null ? preview : null}
        theme={theme}
        onLiveText={program.store.announce}
        onConfirm={() => void startRun(program)}
      />
    </div>
  )
}

function findShownCandidate(job: Job | null, index: number | null): ShownImage | null {
  return (index !== null && job?.candidates.find((candidate) => candidate.index === index)) || null
}

function describePreview(job: Job | null, raster: PreviewRaster | null): FormingPreview | null {
  if (job?.cropRect == null || raster === null || job.phase === 'ended') return null
  return { rect: job.cropRect, ...raster, replacesAll: job.request.kind === 'generate' }
}
