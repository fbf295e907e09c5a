import { findAlike, FIRST_THRESHOLD, measureCodes } from '../../electron/api/likeness.ts'
import { TOOL_STRINGS } from '../../electron/api/strings/editor.ts'
import { cellUnder } from '../../electron/api/token-cells.ts'
import { toRuns } from '../document/commands/mask-alike.ts'
import { pictureOf } from '../document/document.ts'
import { selectPack } from '../engine/library-store.ts'
import type { EditorSession, Program } from './program.ts'

/**
 * Selects the cells that look like the ones under the points; with `isErase` lets go of all.
 *
 * @param isAdded  besides what is selected already.
 */
export async function pickLikeness(
  program: Program,
  session: EditorSession,
  points: readonly { x: number; y: number }[],
  isAdded: boolean,
): Promise<void> {
  const { client, library } = program.engine
  const imageId = pictureOf(session.store.getState().document)
  const pack = selectPack(library.getState())
  const [point] = points
  if (point === undefined || imageId === null || pack === null) return letGo(session)
  const before = session.editor.getState().likeness
  session.editor.change({ isLookingForAlike: true })
  try {
    const [{ crop, tokens }, codebook] = await Promise.all([client.getPictureTokens(pack.id, imageId), client.getCodebook(pack.id)])
    const token = tokens[cellUnder(crop, point) ?? -1]
    if (token === undefined) return letGo(session)
    const others = isAdded && before?.imageId === imageId ? before.distances : []
    const distances = [...others, measureCodes(codebook, token)]
    const threshold = before?.threshold ?? FIRST_THRESHOLD
    session.editor.change({
      likeness: { imageId, crop, tokens, distances, threshold, cells: findAlike(tokens, distances, threshold) },
    })
    program.store.announce(TOOL_STRINGS.alikeSelected(countCells(session)))
  } finally {
    session.editor.change({ isLookingForAlike: false })
  }
}

export function setThreshold(session: EditorSession, threshold: number): void {
  const { likeness } = session.editor.getState()
  if (likeness === null) return
  session.editor.change({ likeness: { ...likeness, threshold, cells: findAlike(likeness.tokens, likeness.distances, threshold) } })
}

/** Makes the selection part of the mask, as one undo step. */
export function maskAlike(session: EditorSession): void {
  const { likeness } = session.editor.getState()
  if (likeness === null) return
  const { x, y, cellSize, columns } = likeness.crop
  const runs = toRuns(likeness.cells, columns)
  session.store.dispatch({ type: 'mask-alike', isErase: false, grid: { x, y, cellSize, columns }, runs })
  letGo(session)
}

export function letGo({ editor }: EditorSession): void {
  editor.change({ likeness: null })
}

export function countCells({ editor }: Pick<EditorSession, 'editor'>): number {
  return editor.getState().likeness?.cells.reduce((sum, cell) => sum + cell, 0) ?? 0
}
