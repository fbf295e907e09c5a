import type { Job } from '../../electron/api/jobs.ts'
import { containsRect, intersectRects } from '../../electron/api/geometry.ts'
import { cellAt, isSameCell, pinnedRect, positionInCrop, type Pin, type PinnedCell } from '../../electron/api/pins.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { cellUnder, type Crop } from '../../electron/api/token-cells.ts'
import type { DocumentState } from '../document/document.ts'
import { isAllMasked, isAnyMasked } from '../document/mask-occupancy.ts'
import { softenMask } from '../document/soft-edge.ts'
import type { Trail } from '../engine/engine-client.ts'
import { previewKey } from '../engine/job-store.ts'
import { isRunning, openJob } from './runs.ts'
import type { EditorSession, Program } from './program.ts'
import { findWrittenPart } from './written-part.ts'

/** In image pixels of the document. */
interface Point {
  readonly x: number
  readonly y: number
}

/** Pins the cells of the shown candidate under the points, as they are shown; lets go of those that are pinned. */
export async function pinCells(program: Program, session: EditorSession, points: readonly Point[]): Promise<void> {
  const job = openJob(program, session)
  const crop = job && cropOf(job)
  if (job === undefined || crop === undefined) return program.store.announce(TOOL_STRINGS.nothingToPin)
  const index = session.editor.getState().shownCandidate ?? 0
  const { document } = session.store.getState()
  const cells = cellsAt(crop, points).filter((cell) => mayChange(document, job, cell))
  if (cells.length === 0) return program.store.announce(TOOL_STRINGS.pinOutside)
  const isLettingGo = cells.every((cell) => document.pins.cells.some((pin) => isSameCell(pin, cell)))
  if (isLettingGo) session.store.dispatch({ type: 'unpin-cells', cells: cells.map(({ x, y, cellSize }) => ({ x, y, cellSize })) })
  else {
    const trail = await program.engine.client.getTrail(job.id, index)
    const step = shownStep(program, session, job, index, trail)
    const pins = cells.map((cell) => ({ ...cell, token: tokenAt(trail, step, positionInCrop(crop, cell)!), step: 0 }))
    session.store.dispatch({ type: 'pin-cells', packId: job.request.packId ?? '', pins })
    if (isRunning(job)) await program.engine.client.pinCells(job.id, index, pins as Pin[])
  }
  program.store.announce(TOOL_STRINGS.pinsKept(session.store.getState().document.pins.cells.length))
}

/** The cells a job's candidates are made of; undefined until it is planned. */
export function cropOf({ cropRect, cellSize }: Job): Crop | undefined {
  if (cropRect === null || cellSize === undefined) return undefined
  return { x: cropRect.x, y: cropRect.y, cellSize, rows: cropRect.height / cellSize, columns: cropRect.width / cellSize }
}

/** Each cell once. */
export function cellsAt(crop: Crop, points: readonly Point[]): PinnedCell[] {
  const positions = points.flatMap((point) => cellUnder(crop, point) ?? [])
  return [...new Set(positions)].map((position) => cellAt(crop, position))
}

/** Whether the open job draws a cell anew: where it writes all, under its mask or around it, and in what a frame adds. */
export function mayChange({ openCandidates, bounds }: DocumentState, { request }: Job, cell: PinnedCell): boolean {
  const rect = pinnedRect(cell)
  const written = findWrittenPart(request)
  if (written === 'all' || openCandidates === null || bounds === null) return true
  if ('frame' in request && !containsRect(bounds, rect)) return true
  const inside = intersectRects(rect, bounds)
  if (inside === undefined) return false
  const { tiles } = openCandidates.pixelMask
  const band = 'edgeBand' in request ? (request.edgeBand ?? 0) : 0
  if (band >= 2) return isAnyMasked(softenMask(tiles, bounds, { band, isAroundMask: written === 'unmasked' }), inside)
  return written === 'masked' ? isAnyMasked(tiles, inside) : !isAllMasked(tiles, inside)
}

/** The step whose picture is on the canvas: what is pinned is what was seen, however far the run is by now. */
function shownStep(program: Program, session: EditorSession, job: Job, index: number, { stepCount }: Trail): number {
  const { scrub } = session.editor.getState()
  if (scrub?.jobId === job.id && scrub.index === index) return Math.min(scrub.step, stepCount)
  if (job.candidates.some((candidate) => candidate.index === index)) return stepCount
  const shown = program.engine.jobs.getState().previews[previewKey(job.id, index)]?.step
  return Math.min(shown ?? stepCount, stepCount)
}

/** The model's guess of the last stage. */
function tokenAt({ tokens, stepCount, rows, columns }: Trail, step: number, position: number): number {
  const length = tokens.length / stepCount
  const endOfGuess = (step - 0.5) * length
  return tokens[endOfGuess - rows * columns + position]!
}
