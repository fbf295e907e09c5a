import type { PixelRect, PixelSize } from '../../electron/api/geometry.ts'
import type { ImageId } from '../../electron/api/images.ts'
import type { CellGeometry, Crop } from '../../electron/api/token-cells.ts'
import type { DocumentStore } from '../document/document-store.ts'
import type { PickEffect } from './tools/tool.ts'
import type { EditedCells, TouchedCells } from './touched-cells.ts'
import type { ViewportStore } from './viewport-store.ts'

/**
 * Decoded tiles of pictures for the screen, at level n scaled by 1/2ⁿ. `key` is "column,row" of that level's tiles: tile
 * 0,0 has its top left corner at document pixel 0,0 at every level. Bitmaps are TILE_SIZE × TILE_SIZE and stay the source's.
 */
export interface TileSource {
  /** The tile, or undefined: then it is being loaded from now on and `subscribe`'s listeners hear when it is there. */
  getTile(imageId: ImageId, level: number, key: string): ImageBitmap | undefined
  /** The tile if it is at hand. Never starts loading: for stand-ins of another level. */
  peekTile(imageId: ImageId, level: number, key: string): ImageBitmap | undefined
  /** Called after one or more tiles arrived. Returns what ends it. */
  subscribe(listener: () => void): () => void
}

/** Another picture than the document's: a candidate, or the state before. */
export interface ShownImage {
  readonly imageId: ImageId
  /** In its own pixels. */
  readonly bounds: PixelRect
  /** How many of its pixels lie along one of the document's: 2 where it is the document's picture enlarged. Above 0. */
  readonly scale: number
}

/** A forming candidate, drawn over its crop. */
export interface FormingPreview {
  /** The job's `cropRect`. */
  readonly rect: PixelRect
  /** Of the raster; stretched over `rect`. */
  readonly width: number
  readonly height: number
  /** RGB, 8 bits, interleaved: width × height × 3 bytes. */
  readonly data: Uint8Array
  /** Where it will be written: everywhere, or beyond the picture and in the job's pixel mask, or around it. */
  readonly writes: 'all' | 'masked' | 'unmasked'
}

/** Cells of other candidates that are painted over the shown one. */
export interface PaintedCells {
  readonly image: ShownImage
  readonly crop: Crop
  /** Row-major over the crop. */
  readonly cells: readonly number[]
}

/** What was measured of a picture's cells. */
export interface CellHeat {
  /** What lies beyond it of a cell at its edge is not shown. */
  readonly picture: PixelRect
  readonly crop: Crop
  /** Of each cell, row-major: 0 = nothing to be seen, 1 = most. */
  readonly heat: readonly number[]
  /** Cells a line is drawn around. */
  readonly outlined: readonly number[]
}

export interface CanvasProps {
  readonly documentStore: DocumentStore
  readonly viewportStore: ViewportStore
  readonly tileSource: TileSource
  /** Of the pack in use (`PackSummary` has these fields); null until one is known: no cells are shown. */
  readonly cellGeometry: CellGeometry | null
  /** Of the edit that Enter starts: which cells light up. */
  readonly editedCells: EditedCells
  /** The page shown while the document is empty: the size a prompt would create. */
  readonly emptyPage: PixelSize
  /** Shown instead of the document's picture; null = the document's. */
  readonly shownImage?: ShownImage | null
  /** Over the shown picture; nothing else is drawn in its place. */
  readonly painted?: readonly PaintedCells[] | undefined
  readonly preview?: FormingPreview | null
  /** Laid over the picture, whatever is shown of the mask. */
  readonly heat?: CellHeat | null
  /** Changes make the canvas read its colours (CSS custom properties, see canvas-colours.ts) again. */
  readonly theme: 'light' | 'dark'
  /** A sentence about what the keyboard just did on the canvas, for an aria-live region. */
  readonly onLiveText?: (text: string) => void
  /** Enter on the canvas with no gesture to confirm: the app starts what the box says. */
  readonly onConfirm?: () => void
  /** Cells that are lit besides: selected and not masked yet, or to be settled. */
  readonly pickedCells?: TouchedCells | null
  /** A tool that picks cells was used. */
  readonly onPick?: (pick: PickEffect) => void
  readonly className?: string
}
