import { findJoin, SETTLE_STEPS, type Composition } from '../../electron/api/compositions.ts'
import type { Candidate, Job } from '../../electron/api/jobs.ts'
import { cellAt } from '../../electron/api/pins.ts'
import { CANDIDATE_STRINGS } from '../../electron/api/strings/candidates.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import type { Crop } from '../../electron/api/token-cells.ts'
import type { PickEffect } from '../canvas/tools/tool.ts'
import { runsOfCells } from '../document/commands/patch-cells.ts'
import type { CandidatePatch, DocumentState } from '../document/document.ts'
import { cellsAlong } from '../document/patch-brush.ts'
import { listPlaces } from '../engine/candidate-places.ts'
import type { EditorState, PatchStroke } from '../engine/editor-store.ts'
import { cropOf, mayChange } from './pin-cells.ts'
import type { EditorSession, Program } from './program.ts'
import { isRunning, openJob } from './runs.ts'

/** Candidates that can be painted with, in the order they stand. */
export function listPatchable(job: Job, editor: Pick<EditorState, 'isBestFirst' | 'order'>): Candidate[] {
  return listPlaces(job, editor).flatMap((index) => job.candidates.find((candidate) => candidate.index === index && candidate.trail) ?? [])
}

export interface Brushes {
  /** What is painted over. */
  readonly base: number
  /** What it is painted with. */
  readonly index: number
}

/** Which candidate is painted with which; null where there are no two. */
export function findBrushes(job: Job, document: DocumentState, editor: EditorState): Brushes | null {
  const indexes = listPatchable(job, editor).map(({ index }) => index)
  const shown = editor.shownCandidate !== null && indexes.includes(editor.shownCandidate) ? editor.shownCandidate : indexes[0]
  const base = document.openCandidates?.patch?.base ?? editor.patchStroke?.base ?? shown
  const chosen = editor.patchWith?.jobId === job.id ? editor.patchWith.index : undefined
  const index = chosen !== undefined && chosen !== base && indexes.includes(chosen) ? chosen : indexes.find((other) => other !== base)
  return base === undefined || index === undefined ? null : { base, index }
}

/** Paints with a candidate along the points; with none, gives up the stroke, or all paint. */
export async function paintPatch(program: Program, session: EditorSession, { points, isUnderWay, isErase }: PickEffect): Promise<void> {
  const { store, editor, viewport } = session
  const job = openJob(program, session)
  const crop = job && cropOf(job)
  const { document } = store.getState()
  const brushes = job && findBrushes(job, document, editor.getState())
  const stroke = editor.getState().patchStroke
  if (points.length === 0) {
    editor.change({ patchStroke: null })
    if (!isUnderWay) clearPatch(program, session)
    return
  }
  if (job === undefined || crop === undefined || brushes == null) return isUnderWay ? undefined : program.store.announce(TOOL_STRINGS.nothingToPatch)
  const { base } = brushes
  const cells = new Set(stroke?.cells)
  for (const cell of cellsAlong(crop, points, viewport.getState().brushSize / 2)) if (mayChange(document, job, cellAt(crop, cell))) cells.add(cell)
  if (isUnderWay) {
    editor.change({ shownCandidate: base, patchStroke: { base, index: isErase ? base : brushes.index, cells } })
    return
  }
  editor.change({ patchStroke: null, shownCandidate: base })
  if (cells.size === 0) return program.store.announce(TOOL_STRINGS.patchOutside)
  const index = isErase ? base : brushes.index
  store.dispatch({ type: 'patch-cells', jobId: job.id, base, index, runs: runsOfCells(cells, crop) })
  announcePatch(program, session, job, crop)
}

function announcePatch(program: Program, { store }: EditorSession, job: Job, crop: Crop): void {
  const { document } = store.getState()
  const patch = document.openCandidates?.patch
  if (!patch) return program.store.announce(TOOL_STRINGS.patchTakenOff)
  const joined = findPatchJoin(document, job, crop, patch).reduce((sum, on) => sum + on, 0)
  program.store.announce(TOOL_STRINGS.patchPainted(patch.cells.size, joined))
}

/** [rows × columns] of the crop, 1 = settled when the painting is. */
export function findPatchJoin(document: DocumentState, job: Job, crop: Crop, { base, cells }: CandidatePatch): Uint8Array {
  const { rows, columns } = crop
  const sources = Uint8Array.from({ length: rows * columns }, (_, cell) => cells.get(cell) ?? base)
  const tokenMask = Uint8Array.from(sources, (_, cell) => (mayChange(document, job, cellAt(crop, cell)) ? 1 : 0))
  return findJoin({ rows, columns, tokenMask }, sources)
}

/** What is painted, with the stroke that is under way. */
export function withStroke(patch: CandidatePatch | null, stroke: PatchStroke | null): CandidatePatch | null {
  if (stroke === null) return patch
  const cells = new Map(patch?.base === stroke.base ? patch.cells : [])
  for (const cell of stroke.cells) {
    if (stroke.index === stroke.base) cells.delete(cell)
    else cells.set(cell, stroke.index)
  }
  return cells.size === 0 ? null : { base: stroke.base, cells }
}

/** Cells by the candidate they come from. */
export function groupCells({ cells }: CandidatePatch): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const [cell, index] of [...cells].sort(([a], [b]) => a - b)) groups.set(index, [...(groups.get(index) ?? []), cell])
  return groups
}

export function clearPatch(program: Program, { store }: EditorSession): void {
  if (!store.getState().document.openCandidates?.patch) return
  store.dispatch({ type: 'clear-patch' })
  program.store.announce(TOOL_STRINGS.patchTakenOff)
}

export function canSettle(program: Program, session: EditorSession): boolean {
  const job = openJob(program, session)
  const patch = session.store.getState().document.openCandidates?.patch
  return job !== undefined && !isRunning(job) && patch != null && !session.editor.getState().isStarting
}

/** Draws the cells along the join anew: a run of its own, whose one candidate has its own recipe. Undo goes back to the paint. */
export async function settlePatch(program: Program, session: EditorSession): Promise<void> {
  const { client, jobs } = program.engine
  const job = openJob(program, session)
  const patch = session.store.getState().document.openCandidates?.patch
  if (job === undefined || !patch || !canSettle(program, session)) return
  session.editor.change({ isStarting: true })
  try {
    const composition: Composition = {
      base: patch.base,
      painted: [...groupCells(patch)].map(([index, cells]) => ({ index, cells })),
    }
    const { tokens } = await client.composeCandidates(job.id, composition)
    const settling = await client.startJob(session.id, { ...job.request, count: 1, seed: null, steps: SETTLE_STEPS, start: { tokens, step: 0 } })
    jobs.putJobs([settling])
    session.store.dispatch({ type: 'start-run', jobId: settling.id, settles: { jobId: job.id, base: patch.base } })
    session.editor.change({ shownCandidate: 0, scrub: null, isStopping: false })
    program.store.announce(CANDIDATE_STRINGS.started)
  } finally {
    session.editor.change({ isStarting: false })
  }
}
