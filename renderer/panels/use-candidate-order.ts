import { useEffect } from 'react'
import { orderCandidates } from '../../electron/api/candidate-order.ts'
import type { Job } from '../../electron/api/jobs.ts'
import { drawnOrder, listPlaces } from '../engine/candidate-places.ts'
import { useEditorState, useSession } from '../engine/document-session.tsx'

/**
 * In which order a run's candidates stand: as they are drawn, and best match first once the run has ended. It settles once,
 * and not while the pointer is among them: nothing moves under it.
 */
export function useCandidateOrder(job: Job, isPointedAt: boolean): readonly number[] {
  const { editor } = useSession()
  const isBestFirst = useEditorState((state) => state.isBestFirst)
  const order = useEditorState((state) => state.order)
  const isSettled = order?.jobId === job.id
  useEffect(() => {
    if (isSettled || !isBestFirst || isPointedAt || job.phase !== 'ended') return
    const { indexes } = orderCandidates(job.candidates)
    const others = drawnOrder(job).filter((index) => !indexes.includes(index))
    const { shownCandidate } = editor.getState()
    editor.change({
      order: { jobId: job.id, indexes: [...indexes, ...others] },
      // Who has looked at none yet is shown the best.
      shownCandidate: shownCandidate === 0 ? (indexes[0] ?? 0) : shownCandidate,
    })
  }, [editor, job, isSettled, isBestFirst, isPointedAt])
  return listPlaces(job, { isBestFirst, order })
}
