import type { PixelRect } from '../../electron/api/geometry.ts'
import type { CanvasColours } from './canvas-colours.ts'
import type { PaintedCells, TileSource } from './canvas-props.ts'
import { PictureView } from './picture-view.ts'
import { type DeviceMap, toDeviceRect } from './viewport.ts'

/** Parts of other candidates over the shown one, cell by cell. */
export class PaintedView {
  readonly #tiles: TileSource
  #colours: CanvasColours
  #painted: readonly PaintedCells[] = []
  /** One a candidate, so that none blinks when cells are added. */
  #views = new Map<string, PictureView>()

  constructor(tiles: TileSource, colours: CanvasColours) {
    this.#tiles = tiles
    this.#colours = colours
  }

  setColours(colours: CanvasColours): void {
    this.#colours = colours
    for (const view of this.#views.values()) view.setColours(colours)
  }

  /** Returns whether anything changed. */
  set(painted: readonly PaintedCells[]): boolean {
    if (painted === this.#painted) return false
    this.#painted = painted
    this.#views = new Map(painted.map(({ image }) => [image.imageId, this.#views.get(image.imageId) ?? new PictureView(this.#tiles, this.#colours)]))
    for (const { image } of painted) this.#views.get(image.imageId)?.setImage(image)
    return true
  }

  draw(context: CanvasRenderingContext2D, map: DeviceMap, emptyPage: PixelRect): void {
    for (const { image, crop, cells } of this.#painted) {
      context.save()
      context.beginPath()
      for (const cell of cells) {
        const side = crop.cellSize
        const [row, column] = [Math.floor(cell / crop.columns), cell % crop.columns]
        const to = toDeviceRect(map, { x: crop.x + column * side, y: crop.y + row * side, width: side, height: side })
        context.rect(to.x, to.y, to.width, to.height)
      }
      context.clip()
      this.#views.get(image.imageId)?.draw(context, map, emptyPage)
      context.restore()
    }
  }
}
