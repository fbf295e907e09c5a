import { intersectRects, type PixelRect } from './geometry.ts'

/** What of a pack's last stage decides where its token cells lie on a document. */
export interface CellGeometry {
  /** Image pixels per token at scale 1. */
  readonly downsampleFactor: number
  /** The grid the transformer was trained on. */
  readonly gridRows: number
  readonly gridColumns: number
}

/**
 * The rectangle of the document given to the model, as a grid of token cells. The scale s (image pixels per model pixel)
 * is `cellSize / downsampleFactor` ≥ 1. `x` and `y` are multiples of `cellSize` in document coordinates, so the cells
 * shown while painting are the cells that will change. It may reach beyond the picture; what lies there is padding.
 */
export interface Crop {
  readonly x: number
  readonly y: number
  /**
   * Image pixels per token along a side, a whole number ≥ the downsample factor. Only where a new picture smaller than the
   * model's own is drawn at the model's size and made smaller, it is less.
   */
  readonly cellSize: number
  readonly rows: number
  readonly columns: number
}

/** How much of a picture an edit shows the model, and how finely; the fields of a request (`edits.ts`). */
export interface CropView {
  /** null = as `DEFAULT_SURROUNDINGS` says. */
  readonly surroundings: number | null
  /** Always at scale 1, in as many windows as it takes. */
  readonly isDetailed: boolean
}

/** A share of the mask's longer side, on each side of it. */
export const DEFAULT_SURROUNDINGS = 0.25
export const DEFAULT_VIEW: CropView = { surroundings: null, isDetailed: false }
/** In cells: below it a border cell has no known neighbour to continue from. */
const MIN_SURROUNDINGS_CELLS = 2

export function cropRect({ x, y, cellSize, rows, columns }: Crop): PixelRect {
  return { x, y, width: columns * cellSize, height: rows * cellSize }
}

/**
 * The crop for repainting `area` (the mask's bounding box) of a picture, laid as far inside the picture as it goes: one
 * native grid of the model, at the smallest scale at which the area and its surroundings fit. With Detail as many cells at
 * scale 1 as they take, one grid at least; the model works through them in windows.
 */
export function cropAround(area: PixelRect, picture: PixelRect, geometry: CellGeometry, view = DEFAULT_VIEW): Crop {
  const shown = intersectRects(area, picture) ?? area
  for (let cellSize = geometry.downsampleFactor; ; cellSize++) {
    const margin = surroundingsOf(Math.max(shown.width, shown.height), cellSize, view)
    const [column, columns] = coverCells([shown.x, shown.width], [picture.x, picture.width], margin, cellSize, geometry.gridColumns)
    const [row, rows] = coverCells([shown.y, shown.height], [picture.y, picture.height], margin, cellSize, geometry.gridRows)
    const isOneGrid = columns <= geometry.gridColumns && rows <= geometry.gridRows
    if (isOneGrid || view.isDetailed) return { x: column * cellSize, y: row * cellSize, cellSize, rows, columns }
  }
}

/** Where the cell of this number lies, row-major. */
export function cellRect({ x, y, cellSize, columns }: Crop, cell: number): PixelRect {
  return { x: x + (cell % columns) * cellSize, y: y + Math.floor(cell / columns) * cellSize, width: cellSize, height: cellSize }
}

/** The cell under a point of the document, row-major; undefined beside the crop. */
export function cellUnder({ x, y, cellSize, rows, columns }: Crop, point: { readonly x: number; readonly y: number }): number | undefined {
  const column = Math.floor((point.x - x) / cellSize)
  const row = Math.floor((point.y - y) / cellSize)
  return column >= 0 && row >= 0 && column < columns && row < rows ? row * columns + column : undefined
}

/** In image pixels, on each side of something this long. */
function surroundingsOf(length: number, cellSize: number, { surroundings }: CropView): number {
  return Math.max(MIN_SURROUNDINGS_CELLS * cellSize, Math.ceil((surroundings ?? DEFAULT_SURROUNDINGS) * length))
}

/** First cell and number of cells, at least `fewest`, that cover [start, start + length) with its margin, as far as the picture goes. */
function coverCells(
  [start, length]: readonly [number, number],
  [pictureStart, pictureLength]: readonly [number, number],
  margin: number,
  cellSize: number,
  fewest: number,
): readonly [first: number, count: number] {
  const pictureEnd = pictureStart + pictureLength
  const firstShown = Math.floor(Math.max(pictureStart, start - margin) / cellSize)
  const endShown = Math.ceil(Math.min(pictureEnd, start + length + margin) / cellSize)
  const shownCount = endShown - firstShown
  if (shownCount >= fewest) return [firstShown, shownCount]
  const firstOfPicture = Math.floor(pictureStart / cellSize)
  const endOfPicture = Math.ceil(pictureEnd / cellSize)
  if (endOfPicture - firstOfPicture <= fewest) return [firstOfPicture, fewest]
  const centred = firstShown - Math.floor((fewest - shownCount) / 2)
  return [Math.min(Math.max(centred, firstOfPicture), endOfPicture - fewest), fewest]
}

/**
 * The crop for extending `picture` to `frame`: the new area and enough of the picture beside it to continue from, at the
 * scale at which the picture's shorter side fits the model, or with Detail at scale 1. It may be larger than one native
 * grid; then the model works through it in windows.
 *
 * @param mask  bounding box of what is to be repainted besides, if anything.
 */
export function cropForExtension(
  frame: PixelRect,
  picture: PixelRect,
  mask: PixelRect | undefined,
  geometry: CellGeometry,
  view = DEFAULT_VIEW,
): Crop {
  const side = Math.min(geometry.gridRows, geometry.gridColumns)
  const fitting = view.isDetailed ? 1 : Math.ceil(Math.min(picture.width, picture.height) / side)
  const cellSize = Math.max(geometry.downsampleFactor, fitting)
  const marginOf = (length: number) => surroundingsOf(length, cellSize, view)
  const [firstColumn, columns] = extensionCells(
    [frame.x, frame.x + frame.width],
    [picture.x, picture.x + picture.width],
    [frame.y, frame.y + frame.height].some((edge, i) => edge !== [picture.y, picture.y + picture.height][i]),
    mask && [mask.x, mask.x + mask.width],
    marginOf,
    cellSize,
    geometry.gridColumns,
  )
  const [firstRow, rows] = extensionCells(
    [frame.y, frame.y + frame.height],
    [picture.y, picture.y + picture.height],
    [frame.x, frame.x + frame.width].some((edge, i) => edge !== [picture.x, picture.x + picture.width][i]),
    mask && [mask.y, mask.y + mask.height],
    marginOf,
    cellSize,
    geometry.gridRows,
  )
  return { x: firstColumn * cellSize, y: firstRow * cellSize, cellSize, rows, columns }
}

type Span = [start: number, end: number]

/** One axis of `cropForExtension`: first cell and number of cells. */
function extensionCells(
  frame: Span,
  picture: Span,
  isOtherAxisExtended: boolean,
  mask: Span | undefined,
  marginOf: (length: number) => number,
  cellSize: number,
  nativeCount: number,
): Span {
  const surroundings = Math.ceil(nativeCount / 2) * cellSize
  const isStartExtended = frame[0] < picture[0]
  const isEndExtended = frame[1] > picture[1]
  let [start, end] = frame
  // A side that is not extended is shown only as far as the model needs it, unless the other axis grows along all of it.
  if (!isOtherAxisExtended && isStartExtended && !isEndExtended) end = Math.min(frame[1], picture[0] + surroundings)
  if (!isOtherAxisExtended && isEndExtended && !isStartExtended) start = Math.max(frame[0], picture[1] - surroundings)
  if (mask) {
    const margin = marginOf(mask[1] - mask[0])
    start = Math.max(frame[0], Math.min(start, mask[0] - margin))
    end = Math.min(frame[1], Math.max(end, mask[1] + margin))
  }
  const first = Math.floor(start / cellSize)
  const count = Math.ceil(end / cellSize) - first
  if (count >= nativeCount) return [first, count]
  // Smaller than the model's grid: grow towards the picture, then beyond it.
  const isPictureAfter = isStartExtended && !isEndExtended
  return [isPictureAfter ? first : first - (nativeCount - count), nativeCount]
}

/**
 * The crop over all of a picture, for looking at it: at detail `whole` the smallest scale at which its shorter side fits
 * the model's grid, at `full` every pixel. It may be larger than one native grid; then the model works through it in windows.
 */
export function cropOverPicture(picture: PixelRect, geometry: CellGeometry, detail: 'whole' | 'full'): Crop {
  for (let cellSize = geometry.downsampleFactor; ; cellSize++) {
    const [firstColumn, columns] = coveringCells(picture.x, picture.width, cellSize)
    const [firstRow, rows] = coveringCells(picture.y, picture.height, cellSize)
    if (detail === 'whole' && columns > geometry.gridColumns && rows > geometry.gridRows) continue
    return {
      x: firstColumn * cellSize,
      y: firstRow * cellSize,
      cellSize,
      rows: Math.max(rows, geometry.gridRows),
      columns: Math.max(columns, geometry.gridColumns),
    }
  }
}

function coveringCells(start: number, length: number, cellSize: number): Span {
  const first = Math.floor(start / cellSize)
  return [first, Math.ceil((start + length) / cellSize) - first]
}

/**
 * Which cells of a crop a pixel mask touches: the any-overlap rule. One pixel is enough, so that nothing painted is
 * silently left as it was (a half-covered cell of aMUSEd's own pipeline is not edited).
 *
 * @param isAnyMasked  whether some pixel of a rectangle of the document has a mask above 0.
 * @returns [rows × columns], row-major, 1 = touched.
 */
export function findTouchedCells(crop: Crop, isAnyMasked: (rect: PixelRect) => boolean): Uint8Array {
  const { cellSize } = crop
  const touched = new Uint8Array(crop.rows * crop.columns)
  for (let row = 0; row < crop.rows; row++) {
    for (let column = 0; column < crop.columns; column++) {
      const cell = { x: crop.x + column * cellSize, y: crop.y + row * cellSize, width: cellSize, height: cellSize }
      if (isAnyMasked(cell)) touched[row * crop.columns + column] = 1
    }
  }
  return touched
}
