import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { PixelSize } from '../../electron/api/geometry.ts'
import type { Job } from '../../electron/api/jobs.ts'
import { Canvas } from '../canvas/Canvas.tsx'
import type { FormingPreview, ShownImage } from '../canvas/canvas-props.ts'
import type { EditedCells } from '../canvas/touched-cells.ts'
import { viewOf } from '../document/edit-scale.ts'
import { optionsKindOf, type Edit, type EditOptions } from '../document/edits/edit.ts'
import { findDefault } from '../document/edits/option-defaults.ts'
import { EDITS } from '../document/edits/edits.ts'
import { useDocumentState, useEditorState, useLooks, useOpenJob } from '../engine/document-session.tsx'
import { usePack, usePreview } from '../engine/engine-hooks.ts'
import { useWhichEdit } from '../engine/use-which-edit.ts'
import type { PreviewRaster } from '../engine/engine-client.ts'
import { describeHeat } from './describe-heat.ts'
import { pictureOf } from '../document/document.ts'
import type { PickEffect, ToolId } from '../canvas/tools/tool.ts'
import { maskAlike, pickLikeness } from './likeness.ts'
import { pinCells } from './pin-cells.ts'
import { attempt } from './report-error.ts'
import { paintPatch, settlePatch } from './patch.ts'
import { usePaintedCells } from './use-painted-cells.ts'
import { useScrubPreview } from './use-scrub-preview.ts'
import { findWrittenPart } from './written-part.ts'
import { findPictureBefore } from './picture-before.ts'
import { placeOf, showCandidate } from './show-candidate.ts'
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
  const tool = useStore(session.viewport, (state) => state.tool)
  const scrub = useEditorState((state) => state.scrub)
  const likeness = useEditorState((state) => state.likeness)
  const picture = useDocumentState((state) => pictureOf(state.document))
  const step = useScrubPreview(program.engine.client, job, scrub?.index === shownIndex ? scrub : null)
  const headId = useDocumentState((state) => state.headId)

  const candidate = useMemo(() => findShownCandidate(job, shownIndex), [job, shownIndex])
  const before = useMemo(
    () => (isBeforeShown && candidate === null ? findPictureBefore(session.store, headId) : null),
    [isBeforeShown, candidate, session.store, headId],
  )
  const preview = useMemo(() => describePreview(job, shownIndex === null ? null : raster), [job, shownIndex, raster])
  const editedCells = useEditedCells()
  const bounds = useDocumentState((state) => state.document.bounds)
  const shownBounds = useMemo(() => (candidate ? placeOf(candidate) : bounds), [candidate, bounds])
  const looks = useLooks((state) => state)
  const heat = useMemo(() => (isBeforeShown || shownBounds === null ? null : describeHeat(looks, shownBounds)), [isBeforeShown, looks, shownBounds])
  const picked = useMemo(
    () => (likeness !== null && tool === 'likeness' && likeness.imageId === picture ? { crop: likeness.crop, touched: likeness.cells } : null),
    [likeness, tool, picture],
  )
  const patched = usePaintedCells(job, shownIndex, tool === 'patch' && !isBeforeShown && step === null)
  const isResultShown = !isBeforeShown
  const confirm = () => {
    if (picked !== null) maskAlike(session)
    else if (patched !== null) attempt(program, () => settlePatch(program, session))
    else void startRun(program, session)
  }
  return (
    <div className={styles.canvas}>
      <Canvas
        documentStore={session.store}
        viewportStore={session.viewport}
        tileSource={program.engine.tiles}
        cellGeometry={pack}
        editedCells={editedCells}
        emptyPage={chosenSize ?? pack?.defaultSize ?? UNKNOWN_PAGE}
        shownImage={isResultShown ? candidate : before}
        preview={isResultShown ? (step ?? (candidate === null ? preview : null)) : null}
        painted={patched?.painted}
        pickedCells={picked ?? patched?.join ?? null}
        heat={heat}
        theme={theme}
        onLiveText={program.store.announce}
        onConfirm={confirm}
        onPick={(pick) => attempt(program, async () => PICKERS[pick.tool]?.(program, session, pick))}
      />
    </div>
  )
}

type Picker = (program: Program, session: EditorSession, pick: PickEffect) => Promise<void>

const PICKERS: Partial<Record<ToolId, Picker>> = {
  pin: (program, session, { points }) => pinCells(program, session, points),
  likeness: (program, session, { points, isAdded }) => pickLikeness(program, session, points, isAdded),
  patch: paintPatch,
}

function findShownCandidate(job: Job | null, index: number | null): ShownImage | null {
  const candidate = job?.candidates.find((one) => one.index === index)
  return job && candidate ? showCandidate(job, candidate) : null
}

function describePreview(job: Job | null, raster: PreviewRaster | null): FormingPreview | null {
  if (job?.cropRect == null || raster === null || job.phase === 'ended') return null
  return { rect: job.cropRect, ...raster, writes: findWrittenPart(job.request) }
}

/** As chosen, or as the request's default says. */
function findEdgeBand({ kind }: Edit, options: EditOptions | null | undefined): number | null {
  return options?.edgeBand !== undefined ? options.edgeBand : ((kind && findDefault(kind, 'edgeBand')) ?? 0)
}

/** Which cells light up under the mask, as the edit that Enter starts has it. */
function useEditedCells(): EditedCells {
  const { id } = useWhichEdit().which
  const edit = EDITS[id]
  const optionsKind = optionsKindOf(edit)
  const options = useEditorState(({ editOptions }) => optionsKind && editOptions[optionsKind])
  return useMemo(() => ({ view: viewOf(options ?? {}), isAroundMask: edit.area === 'around-mask', edgeBand: findEdgeBand(edit, options) }), [edit, options])
}
