import type { Recipe } from '../../electron/api/edits.ts'
import type { PixelRect } from '../../electron/api/geometry.ts'
import type { ImageId } from '../../electron/api/images.ts'
import type { Pin } from '../../electron/api/pins.ts'
import type { Receipt } from '../../electron/api/jobs.ts'
import type { MaskTiles } from './mask-tiles.ts'
import type { Pieces } from './pieces.ts'
import { PixelMask } from './pixel-mask.ts'

/** One picture in the stack. The first version's interface shows a single one. */
export interface Layer {
  readonly imageId: ImageId
  /** 0–1 */
  readonly opacity: number
  readonly isVisible: boolean
}

/** A job whose candidates lie over the canvas, with what it was started from. */
export interface OpenCandidates {
  readonly jobId: string
  /** The pixel mask and frame the job used: accepting clears them only where the user has not gone on since. */
  readonly pixelMask: PixelMask
  readonly frame: PixelRect | null
  /** Cells painted over one candidate with others, not settled yet; null = none. */
  readonly patch: CandidatePatch | null
}

/** `base` with cells of its crop, row-major, that come from other candidates. */
export interface CandidatePatch {
  readonly base: number
  /** Which candidate each of them comes from. At least one. */
  readonly cells: ReadonlyMap<number, number>
}

/** How the shown picture was made last: for "create again", and for the metadata of saved files. */
export interface AcceptedCandidate {
  readonly jobId: string
  readonly index: number
  readonly recipe: Recipe
  /** Of how the picture was compared; null where it was made from nothing. */
  readonly receipt: Receipt | null
}

/** Pins of one pack: another's tokens mean nothing to it. */
export interface PinnedCells {
  readonly packId: string | null
  readonly cells: readonly Pin[]
}

/** All a document is at one moment of its history. Immutable; made only by commands. */
export interface DocumentState {
  /** Bottom to top; none in an empty document. */
  readonly layers: readonly Layer[]
  /** Where the picture lies; null in an empty document. */
  readonly bounds: PixelRect | null
  /** Whether the picture came from a prompt or from a file: decides what Enter means without a mask. */
  readonly origin: 'created' | 'opened' | null
  /** Zero outside the bounds. */
  readonly pixelMask: PixelMask
  /** The last mask that was cleared or used up, for "restore mask". */
  readonly previousMask: PixelMask
  /** Where the picture shall be; null = the bounds. */
  readonly frame: PixelRect | null
  readonly openCandidates: OpenCandidates | null
  /** Cells that stay in this and the next tries. */
  readonly pins: PinnedCells
  readonly accepted: AcceptedCandidate | null
  /** How many of its pixels lie along one of those it began with: more than 1 where it was enlarged. */
  readonly enlargement: number
}

export const EMPTY_DOCUMENT: DocumentState = {
  layers: [],
  bounds: null,
  origin: null,
  pixelMask: PixelMask.EMPTY,
  previousMask: PixelMask.EMPTY,
  frame: null,
  openCandidates: null,
  pins: { packId: null, cells: [] },
  accepted: null,
  enlargement: 1,
}

/** The image the document shows, or null in an empty document. */
export function pictureOf(state: DocumentState): ImageId | null {
  return state.layers.findLast((layer) => layer.isVisible)?.imageId ?? null
}

/** The state with its pixel mask changed; an empty document has no mask. */
export function editMask(state: DocumentState, edit: (tiles: MaskTiles, bounds: PixelRect) => MaskTiles): DocumentState {
  const { bounds } = state
  return bounds === null ? state : { ...state, pixelMask: state.pixelMask.then((tiles) => edit(tiles, bounds)) }
}

/** The same for an edit that may take longer than a frame; `isLong`: far longer. */
export function editMaskInPieces(
  state: DocumentState,
  edit: (tiles: MaskTiles, bounds: PixelRect) => Pieces<MaskTiles>,
  isLong: boolean,
): DocumentState {
  const { bounds } = state
  return bounds === null
    ? state
    : { ...state, pixelMask: state.pixelMask.thenInPieces((tiles) => edit(tiles, bounds), isLong) }
}
