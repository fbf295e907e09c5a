import { intersectRects, type PixelRect, unionRects } from '../../electron/api/geometry.ts'
import { TILE_SIZE, tileKey } from '../../electron/api/images.ts'
import { FULL_TILE, listTilesIn, type MaskTiles, NO_TILES, parseTileKey, tileRect } from '../document/mask-tiles.ts'
import type { CanvasColours } from './canvas-colours.ts'
import { createHatch } from './patterns.ts'
import { CRISP_SCALE } from './picture-view.ts'
import { type DeviceMap, toDeviceRect, visiblePixels } from './viewport.ts'

/** How strongly a full mask tints the picture under it. */
const TINT_OPACITY = 0.5
/** The hatching, lighter than the tint: a mask is told from a violet thing in the picture. */
const HATCH_COLOUR = 'rgb(255 255 255 / 0.28)'
/** Tinted tiles kept although out of sight: 64 MiB. */
const MAX_TILE_COUNT = 256
/** Display pixels around a changed area that smoothing may touch. */
const SMOOTHING_MARGIN = 2

type Tinted = { readonly canvas: OffscreenCanvas; readonly context: OffscreenCanvasRenderingContext2D; bytes: Uint8Array }

/**
 * The pixel mask as a tint, never darker where strokes overlap. It is held ready at the size of the display, and only the
 * rectangle that changed is drawn anew: a stroke costs its own size, not the picture's nor the window's.
 */
export class MaskView {
  readonly #ready = new OffscreenCanvas(1, 1)
  readonly #context = this.#ready.getContext('2d') as OffscreenCanvasRenderingContext2D
  readonly #tinted = new Map<string, Tinted>()
  #colours: CanvasColours
  #hatch: CanvasPattern | null = null
  #tiles: MaskTiles = NO_TILES
  /** What tiles held when they were shown last: the live stroke's map changes in place. */
  #shown = new Map<string, Uint8Array>()
  #map: DeviceMap | undefined
  #dirty: PixelRect | undefined

  constructor(colours: CanvasColours) {
    this.#colours = colours
  }

  setColours(colours: CanvasColours): void {
    this.#colours = colours
    this.#hatch = null
    this.#tinted.clear()
    this.#map = undefined
  }

  /**
   * Shows these tiles from the next `draw` on. Returns whether anything changed.
   *
   * @param writtenRect  where bytes were written in place since the last call (a live stroke).
   */
  setTiles(tiles: MaskTiles, writtenRect?: PixelRect): boolean {
    this.#tiles = tiles
    if (writtenRect !== undefined) {
      for (const position of listTilesIn(writtenRect)) this.#refresh(tileKey(position.column, position.row), writtenRect)
      return true
    }
    const changed = [...new Set([...tiles.keys(), ...this.#shown.keys()])].filter(
      (key) => tiles.get(key) !== this.#shown.get(key),
    )
    for (const key of changed) this.#refresh(key, tileRect(parseTileKey(key)))
    return changed.length > 0
  }

  /** Blends the mask over what `context` shows. All in display pixels. */
  draw(context: CanvasRenderingContext2D, map: DeviceMap): void {
    if (!isSameMap(map, this.#map)) this.#moveTo(map)
    else if (this.#dirty !== undefined) this.#redraw(this.#dirty, map)
    this.#dirty = undefined
    context.globalAlpha = TINT_OPACITY
    context.drawImage(this.#ready, 0, 0)
    context.globalAlpha = 1
  }

  #refresh(key: string, written: PixelRect): void {
    const bytes = this.#tiles.get(key)
    const tile = tileRect(parseTileKey(key))
    const part = intersectRects(written, tile) ?? tile
    const tinted = this.#tinted.get(key)
    if (bytes === undefined || bytes === FULL_TILE) this.#tinted.delete(key)
    else if (tinted?.bytes === bytes) tint(tinted, part, tile, this.#colours.maskTint)
    else this.#tinted.delete(key)
    if (bytes === undefined) this.#shown.delete(key)
    else this.#shown.set(key, bytes)
    this.#dirty = this.#dirty === undefined ? part : unionRects(this.#dirty, part)
  }

  /** The view moved. At the same zoom what is ready is shifted, and only what comes into sight is drawn. */
  #moveTo(map: DeviceMap): void {
    const before = this.#map
    this.#map = map
    const [width, height] = [Math.max(1, map.width), Math.max(1, map.height)]
    const isShift = before?.scale === map.scale && this.#ready.width === width && this.#ready.height === height
    const [dx, dy] = isShift ? [map.originX - before.originX, map.originY - before.originY] : [0, 0]
    if (!isShift || Math.abs(dx) >= width || Math.abs(dy) >= height) {
      if (this.#ready.width !== width || this.#ready.height !== height) {
        this.#ready.width = width
        this.#ready.height = height
      }
      this.#paint({ x: 0, y: 0, width, height }, map)
    } else {
      this.#context.globalCompositeOperation = 'copy'
      this.#context.drawImage(this.#ready, dx, dy)
      this.#context.globalCompositeOperation = 'source-over'
      if (dx !== 0) this.#paint({ x: dx > 0 ? 0 : width + dx, y: 0, width: Math.abs(dx), height }, map)
      if (dy !== 0) this.#paint({ x: 0, y: dy > 0 ? 0 : height + dy, width, height: Math.abs(dy) }, map)
      if (this.#dirty !== undefined) this.#redraw(this.#dirty, map)
    }
    this.#dropUnseen(map)
  }

  /** Draws `area` of the document anew. */
  #redraw(area: PixelRect, map: DeviceMap): void {
    const reach = toDeviceRect(map, area)
    this.#paint(
      {
        x: reach.x - SMOOTHING_MARGIN,
        y: reach.y - SMOOTHING_MARGIN,
        width: reach.width + 2 * SMOOTHING_MARGIN,
        height: reach.height + 2 * SMOOTHING_MARGIN,
      },
      map,
    )
  }

  /** Draws a rectangle of the display anew. */
  #paint(area: PixelRect, map: DeviceMap): void {
    const context = this.#context
    const to = intersectRects(area, { x: 0, y: 0, width: this.#ready.width, height: this.#ready.height })
    if (to === undefined) return
    context.save()
    context.beginPath()
    context.rect(to.x, to.y, to.width, to.height)
    context.clip()
    context.clearRect(to.x, to.y, to.width, to.height)
    context.imageSmoothingEnabled = map.scale < CRISP_SCALE
    const part = { ...map, originX: map.originX - to.x, originY: map.originY - to.y, width: to.width, height: to.height }
    for (const position of listTilesIn(visiblePixels(part))) {
      this.#drawTile(tileKey(position.column, position.row), toDeviceRect(map, tileRect(position)))
    }
    this.#hatch ??= createHatch(context, HATCH_COLOUR)
    if (this.#hatch !== null) {
      // Lies on the picture and moves with it.
      this.#hatch.setTransform(new DOMMatrix([1, 0, 0, 1, map.originX, map.originY]))
      context.globalCompositeOperation = 'source-atop'
      context.fillStyle = this.#hatch
      context.fillRect(to.x, to.y, to.width, to.height)
    }
    context.restore()
  }

  #drawTile(key: string, to: PixelRect): void {
    const bytes = this.#tiles.get(key)
    if (bytes === undefined) return
    if (bytes === FULL_TILE) {
      const [red, green, blue] = this.#colours.maskTint
      this.#context.fillStyle = `rgb(${red} ${green} ${blue})`
      this.#context.fillRect(to.x, to.y, to.width, to.height)
      return
    }
    let tinted = this.#tinted.get(key)
    if (tinted === undefined) {
      const canvas = new OffscreenCanvas(TILE_SIZE, TILE_SIZE)
      const context = canvas.getContext('2d')
      if (context === null) return
      tinted = { canvas, context, bytes }
      this.#tinted.set(key, tinted)
      const whole = { x: 0, y: 0, width: TILE_SIZE, height: TILE_SIZE }
      tint(tinted, whole, whole, this.#colours.maskTint)
    }
    this.#context.drawImage(tinted.canvas, to.x, to.y, to.width, to.height)
  }

  #dropUnseen(map: DeviceMap): void {
    if (this.#tinted.size <= MAX_TILE_COUNT) return
    const visible = visiblePixels(map)
    for (const key of this.#tinted.keys()) {
      if (intersectRects(tileRect(parseTileKey(key)), visible) === undefined) this.#tinted.delete(key)
    }
  }
}

/** Puts `part` of a tile's bytes into its canvas: the mask's colour, as opaque as the mask is strong. */
function tint({ context, bytes }: Tinted, part: PixelRect, tile: PixelRect, colour: CanvasColours['maskTint']): void {
  const [left, top] = [part.x - tile.x, part.y - tile.y]
  const image = context.createImageData(part.width, part.height)
  // One 32-bit word a pixel: red in the lowest byte, as every machine this runs on is little-endian.
  const words = new Uint32Array(image.data.buffer)
  const rgb = colour[0] | (colour[1] << 8) | (colour[2] << 16)
  for (let row = 0; row < part.height; row++) {
    const from = (top + row) * TILE_SIZE + left
    const to = row * part.width
    for (let column = 0; column < part.width; column++) words[to + column] = rgb | ((bytes[from + column] ?? 0) << 24)
  }
  context.putImageData(image, left, top)
}

function isSameMap(a: DeviceMap, b: DeviceMap | undefined): boolean {
  return (
    b !== undefined &&
    a.scale === b.scale &&
    a.originX === b.originX &&
    a.originY === b.originY &&
    a.width === b.width &&
    a.height === b.height
  )
}
