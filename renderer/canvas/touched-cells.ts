import { MAX_EDGE_BAND } from '../../electron/api/edits.ts'
import { areRectsEqual, containsRect, intersectRects, type PixelRect, unionRects } from '../../electron/api/geometry.ts'
import { type CellGeometry, type Crop, cropAround, cropForExtension, type CropView, DEFAULT_VIEW, findTouchedCells } from '../../electron/api/token-cells.ts'
import { findMaskBounds, isAllMasked, isAnyMasked } from '../document/mask-occupancy.ts'
import type { MaskTiles } from '../document/mask-tiles.ts'
import type { SoftEdge } from '../document/soft-edge.ts'

/** The token cells an edit from here would predict again. */
export interface TouchedCells {
  readonly crop: Crop
  /** [rows × columns], row-major, 1 = touched. */
  readonly touched: Uint8Array
}

export interface CellsQuestion {
  readonly bounds: PixelRect
  readonly frame: PixelRect | null
  readonly tiles: MaskTiles
  /** Where the edit writes, where an edge band widens the mask; absent = as the mask says. */
  readonly written?: MaskTiles | undefined
  /** What the brush would paint where it is now, if it is over the picture. */
  readonly brushRect: PixelRect | null
  readonly geometry: CellGeometry
  /** What the edit that Enter starts does with the mask. */
  readonly edited: EditedCells
}

/** Of the edit that Enter starts, what decides which cells it predicts. */
export interface EditedCells {
  readonly view: CropView
  /** Whether the mask says what stays. */
  readonly isAroundMask: boolean
  /** In image pixels, 0 = none; null = one token cell. */
  readonly edgeBand: number | null
}

export const UNDER_MASK: EditedCells = { view: DEFAULT_VIEW, isAroundMask: false, edgeBand: 0 }

/** Which cells would change: those of the mask, of what the brush is about to paint, and of the frame beyond the picture. */
export function findChangingCells(question: CellsQuestion): TouchedCells | null {
  const { bounds, frame, tiles, written = tiles, brushRect, geometry, edited } = question
  // A crop predicts nothing.
  if (frame !== null && containsRect(bounds, frame) && !areRectsEqual(bounds, frame)) return null
  const brushed = brushRect && (intersectRects(brushRect, bounds) ?? null)
  const masked = findMaskBounds(written)
  if (edited.isAroundMask) {
    if (findMaskBounds(tiles) === undefined) return null
    const crop = cropAround(bounds, bounds, geometry, edited.view)
    return { crop, touched: findTouchedCells(crop, (cell) => isWrittenAround(question, intersectRects(cell, bounds))) }
  }
  const area = masked && brushed ? unionRects(masked, brushed) : (masked ?? brushed ?? undefined)
  const extended = frame !== null && !containsRect(bounds, frame) ? unionRects(frame, bounds) : null
  const isTouched = (cell: PixelRect) =>
    isAnyMasked(written, cell) ||
    (brushed !== null && intersectRects(cell, brushed) !== undefined) ||
    (extended !== null && reachesBeyond(cell, extended, bounds))
  if (extended !== null) {
    const crop = cropForExtension(extended, bounds, area, geometry, edited.view)
    return { crop, touched: findTouchedCells(crop, isTouched) }
  }
  if (area === undefined) return null
  const crop = cropAround(area, bounds, geometry, edited.view)
  return { crop, touched: findTouchedCells(crop, isTouched) }
}

function isWrittenAround({ tiles, written }: CellsQuestion, part: PixelRect | undefined): boolean {
  if (part === undefined) return false
  return written === undefined ? !isAllMasked(tiles, part) : isAnyMasked(written, part)
}

/** What the mask's edge becomes; null where it stays as it is, or nothing is masked. */
export function findSoftEdge(question: CellsQuestion): SoftEdge | null {
  const { edgeBand, isAroundMask } = question.edited
  if (edgeBand === 0 || findMaskBounds(question.tiles) === undefined) return null
  const band = edgeBand ?? Math.min(findCellSize(question), MAX_EDGE_BAND)
  return band < 2 ? null : { band, isAroundMask }
}

/** Of the cells that what is masked would change; 0 where nothing is. */
function findCellSize(question: CellsQuestion): number {
  return findChangingCells({ ...question, written: undefined, brushRect: null })?.crop.cellSize ?? 0
}

/** Whether some pixel of a cell lies in the frame but not in the picture. */
function reachesBeyond(cell: PixelRect, frame: PixelRect, picture: PixelRect): boolean {
  const part = intersectRects(cell, frame)
  return part !== undefined && !containsRect(picture, part)
}
