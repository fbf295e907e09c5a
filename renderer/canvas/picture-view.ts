import { intersectRects, type PixelRect } from '../../electron/api/geometry.ts'
import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import { listTilesIn, type TilePosition } from '../document/mask-tiles.ts'
import type { CanvasColours } from './canvas-colours.ts'
import type { ShownImage, TileSource } from './canvas-props.ts'
import { createChecker } from './patterns.ts'
import { type DeviceMap, toDeviceRect, toPictureMap, visiblePixels } from './viewport.ts'

/**
 * Beyond this many display pixels an image pixel, pixels are shown as what they are: squares. Above what fitting a small
 * picture (128 px) to a large display needs, so that a new picture is not seen as a mosaic.
 */
export const CRISP_SCALE = 16
/** 100 megapixels are one tile at level 6; deeper levels would only be asked for in vain. */
const MAX_LEVEL = 6
/** Display pixels. */
const PAGE_LINE_WIDTH = 1

type Context = CanvasRenderingContext2D

/** Draws the picture from tiles, at the level of the pyramid that fits the zoom, with what is at hand where tiles still load. */
export class PictureView {
  readonly #tiles: TileSource
  #colours: CanvasColours
  #checker: CanvasPattern | null = null
  #image: ShownImage | null = null
  /** Stands in where tiles of the new one are not there yet, so that an edit does not blink. */
  #previous: ShownImage | null = null

  constructor(tiles: TileSource, colours: CanvasColours) {
    this.#tiles = tiles
    this.#colours = colours
  }

  setColours(colours: CanvasColours): void {
    this.#colours = colours
    this.#checker = null
  }

  /** Returns whether anything changed. */
  setImage(image: ShownImage | null): boolean {
    const before = this.#image
    const isSamePicture = image?.imageId === before?.imageId
    if (isSamePicture && image?.scale === before?.scale) return false
    this.#previous = image === null || isSamePicture ? null : before
    this.#image = image
    return true
  }

  /** @param documentMap  from the document's pixels. */
  draw(context: Context, documentMap: DeviceMap, emptyPage: PixelRect): void {
    const image = this.#image
    if (image === null) return this.#drawPage(context, documentMap, emptyPage)
    const map = toPictureMap(documentMap, image.scale)
    this.#drawOutline(context, toDeviceRect(map, image.bounds))
    const { level, positions } = findShownTiles(map, image)
    context.save()
    const clip = toDeviceRect(map, image.bounds)
    context.beginPath()
    context.rect(clip.x, clip.y, clip.width, clip.height)
    context.clip()
    context.imageSmoothingEnabled = map.scale < CRISP_SCALE
    context.imageSmoothingQuality = 'low'
    const isMissing = positions.some(({ column, row }) => this.#tiles.peekTile(image.imageId, level, tileKey(column, row)) === undefined)
    if (isMissing && this.#isResized) this.#drawPrevious(context, documentMap)
    for (const position of positions) this.#drawTile(context, map, image, level, position)
    context.restore()
  }

  /** Whether the one that stands in is of another size. */
  get #isResized(): boolean {
    return this.#previous !== null && this.#previous.scale !== this.#image?.scale
  }

  /** What is at hand of it, under the tiles of the new one. */
  #drawPrevious(context: Context, documentMap: DeviceMap): void {
    const image = this.#previous
    if (image === null) return
    const map = toPictureMap(documentMap, image.scale)
    const { level, positions } = findShownTiles(map, image)
    for (const position of positions) this.#drawAtHand(context, map, image, level, position)
  }

  #drawAtHand(context: Context, map: DeviceMap, image: ShownImage, level: number, position: TilePosition): void {
    const bitmap = this.#tiles.peekTile(image.imageId, level, tileKey(position.column, position.row))
    const area = levelTileRect(position, level)
    if (bitmap !== undefined) this.#put(context, map, bitmap, area, area)
    else this.#drawStandIn(context, map, image, level, position)
  }

  #drawTile(context: Context, map: DeviceMap, image: ShownImage, level: number, position: TilePosition): void {
    const key = tileKey(position.column, position.row)
    const area = levelTileRect(position, level)
    const bitmap = this.#tiles.getTile(image.imageId, level, key)
    // Only what lies in the picture is drawn: smoothing would mix its edge with the nothing beyond.
    const inside = intersectRects(area, image.bounds) ?? area
    if (bitmap !== undefined) return this.#put(context, map, bitmap, area, inside)
    if (!this.#isResized) this.#fill(context, toDeviceRect(map, area))
    if (this.#drawStandIn(context, map, image, level, position) || this.#isResized) return
    if (this.#previous !== null) this.#drawAtHand(context, map, this.#previous, level, position)
  }

  /** From a coarser level, or from the four tiles of the finer one. Returns whether something was drawn. */
  #drawStandIn(context: Context, map: DeviceMap, image: ShownImage, level: number, position: TilePosition): boolean {
    const area = levelTileRect(position, level)
    for (let coarser = level + 1; coarser <= MAX_LEVEL; coarser++) {
      const ratio = 2 ** (coarser - level)
      const above = { column: Math.floor(position.column / ratio), row: Math.floor(position.row / ratio) }
      const bitmap = this.#tiles.peekTile(image.imageId, coarser, tileKey(above.column, above.row))
      if (bitmap === undefined) continue
      this.#put(context, map, bitmap, levelTileRect(above, coarser), area)
      return true
    }
    if (level === 0) return false
    const finer = [0, 1, 2, 3].map((i) => ({ column: position.column * 2 + (i % 2), row: position.row * 2 + (i >> 1) }))
    const found = finer.filter((below) => {
      const bitmap = this.#tiles.peekTile(image.imageId, level - 1, tileKey(below.column, below.row))
      const part = levelTileRect(below, level - 1)
      if (bitmap !== undefined) this.#put(context, map, bitmap, part, part)
      return bitmap !== undefined
    })
    return found.length > 0
  }

  /** Draws the part `area` of a bitmap that shows `bitmapArea`, both in image pixels. */
  #put(context: Context, map: DeviceMap, bitmap: ImageBitmap, bitmapArea: PixelRect, area: PixelRect): void {
    const to = toDeviceRect(map, area)
    if (to.width === 0 || to.height === 0) return
    const ratio = bitmap.width / bitmapArea.width
    this.#fillChecker(context, map, to)
    context.drawImage(
      bitmap,
      (area.x - bitmapArea.x) * ratio,
      (area.y - bitmapArea.y) * ratio,
      area.width * ratio,
      area.height * ratio,
      to.x,
      to.y,
      to.width,
      to.height,
    )
  }

  #fillChecker(context: Context, map: DeviceMap, to: PixelRect): void {
    this.#checker ??= createChecker(context, this.#colours.surface, this.#colours.checker)
    this.#checker?.setTransform(new DOMMatrix([1, 0, 0, 1, map.originX, map.originY]))
    context.fillStyle = this.#checker ?? this.#colours.checker
    context.fillRect(to.x, to.y, to.width, to.height)
  }

  /** What nothing is known of yet is paper, not transparency. */
  #fill(context: Context, to: PixelRect): void {
    context.fillStyle = this.#colours.page
    context.fillRect(to.x, to.y, to.width, to.height)
  }

  #drawPage(context: Context, map: DeviceMap, page: PixelRect): void {
    const to = toDeviceRect(map, page)
    context.fillStyle = this.#colours.page
    context.fillRect(to.x, to.y, to.width, to.height)
    this.#drawOutline(context, to)
  }

  #drawOutline(context: Context, to: PixelRect): void {
    context.strokeStyle = this.#colours.pageLine
    context.lineWidth = PAGE_LINE_WIDTH
    context.strokeRect(to.x - 0.5, to.y - 0.5, to.width + 1, to.height + 1)
  }
}

/** The tiles of a picture that are seen, at the level that fits. */
function findShownTiles(map: DeviceMap, { bounds }: ShownImage): { level: number; positions: TilePosition[] } {
  const level = Math.min(MAX_LEVEL, Math.max(0, Math.floor(Math.log2(1 / map.scale) + 1e-6)))
  const shown = intersectRects(bounds, visiblePixels(map))
  return { level, positions: shown ? listTilesAt(shown, TILE_SIZE * 2 ** level) : [] }
}

function levelTileRect({ column, row }: TilePosition, level: number): PixelRect {
  const side = TILE_SIZE * 2 ** level
  return { x: column * side, y: row * side, width: side, height: side }
}

/** The tiles of a level whose tiles cover `side` image pixels; from the middle outwards, because it is looked at first. */
function listTilesAt(shown: PixelRect, side: number): TilePosition[] {
  const scale = TILE_SIZE / side
  const x = Math.floor(shown.x * scale)
  const y = Math.floor(shown.y * scale)
  const width = Math.max(1, Math.ceil((shown.x + shown.width) * scale) - x)
  const height = Math.max(1, Math.ceil((shown.y + shown.height) * scale) - y)
  const [middleColumn, middleRow] = [(x + width / 2) / TILE_SIZE - 0.5, (y + height / 2) / TILE_SIZE - 0.5]
  const distance = ({ column, row }: TilePosition) => (column - middleColumn) ** 2 + (row - middleRow) ** 2
  // The source serves the latest wish first: the middle is asked for last.
  return listTilesIn({ x, y, width, height }).sort((a, b) => distance(b) - distance(a))
}
