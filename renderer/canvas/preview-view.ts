import type { PixelRect } from '../../electron/api/geometry.ts'
import { type MaskTiles, readMaskAt } from '../document/mask-tiles.ts'
import type { FormingPreview } from './canvas-props.ts'
import { type DeviceMap, toDeviceRect } from './viewport.ts'

/** Against what it is told where a preview will be written. */
export interface PreviewPlace {
  readonly picture: PixelRect | null
  readonly mask: MaskTiles
}

/** A forming candidate over its crop. */
export class PreviewView {
  #preview: FormingPreview | null = null
  #raster: OffscreenCanvas | null = null

  /** Returns whether anything changed. */
  set(preview: FormingPreview | null, place: PreviewPlace): boolean {
    if (preview === this.#preview) return false
    this.#preview = preview
    this.#raster = preview === null ? null : drawRaster(preview, place)
    return true
  }

  draw(context: CanvasRenderingContext2D, map: DeviceMap): void {
    if (this.#preview === null || this.#raster === null) return
    const to = toDeviceRect(map, this.#preview.rect)
    context.imageSmoothingEnabled = true
    context.drawImage(this.#raster, to.x, to.y, to.width, to.height)
  }
}

function drawRaster(preview: FormingPreview, place: PreviewPlace): OffscreenCanvas | null {
  const { width, height, data } = preview
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) return null
  const image = context.createImageData(width, height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column
      image.data.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
      image.data[pixel * 4 + 3] = alphaAt(preview, place, column, row)
    }
  }
  context.putImageData(image, 0, 0)
  return canvas
}

function alphaAt({ rect, width, height, writes }: FormingPreview, place: PreviewPlace, column: number, row: number): number {
  if (writes === 'all' || place.picture === null) return 255
  const x = Math.floor(rect.x + ((column + 0.5) * rect.width) / width)
  const y = Math.floor(rect.y + ((row + 0.5) * rect.height) / height)
  const { picture } = place
  const isInside =
    x >= picture.x && y >= picture.y && x < picture.x + picture.width && y < picture.y + picture.height
  if (!isInside) return 255
  const strength = readMaskAt(place.mask, x, y)
  return writes === 'masked' ? strength : 255 - strength
}
