import { useMemo } from 'react'
import type { Job } from '../../electron/api/jobs.ts'
import type { PaintedCells } from '../canvas/canvas-props.ts'
import type { TouchedCells } from '../canvas/touched-cells.ts'
import { useDocumentState, useEditorState } from '../engine/document-session.tsx'
import { findPatchJoin, groupCells, withStroke } from './patch.ts'
import { cropOf } from './pin-cells.ts'
import { showCandidate } from './show-candidate.ts'

export interface PatchedView {
  readonly painted: readonly PaintedCells[]
  /** The cells along the join. */
  readonly join: TouchedCells
}

/** What is painted over the shown candidate with others; null where nothing is, or the tool is another. */
export function usePaintedCells(job: Job | null, shownIndex: number | null, isPatching: boolean): PatchedView | null {
  const document = useDocumentState((state) => state.document)
  const stroke = useEditorState((state) => state.patchStroke)
  return useMemo(() => {
    const patch = isPatching ? withStroke(document.openCandidates?.patch ?? null, stroke) : null
    const crop = job && cropOf(job)
    if (patch === null || !crop || patch.base !== shownIndex) return null
    const painted = [...groupCells(patch)].flatMap(([index, cells]) => {
      const candidate = job.candidates.find((one) => one.index === index)
      return candidate ? [{ image: showCandidate(job, candidate), crop, cells }] : []
    })
    return { painted, join: { crop, touched: findPatchJoin(document, job, crop, patch) } }
  }, [document, stroke, job, shownIndex, isPatching])
}
