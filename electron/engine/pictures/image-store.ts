import type { PixelRect } from '../../api/geometry.ts'
import type { ImageId, TileImage } from '../../api/images.ts'

/** Raw pixels of a rectangle, row-major, interleaved, in their image's format: rgba8 and mask8 as bytes, rgba16 as 16-bit values. */
export type RegionPixels = Uint8Array | Uint16Array

/** Tile images over the blob store. All methods throw EngineError `not-found` for names the store does not have. */
export interface ImageStore {
  /** Shared with others who ask: do not write into it. */
  get(imageId: ImageId): Promise<TileImage>
  put(image: TileImage): Promise<ImageId>
  /** Pixels outside the image's bounds are zero. */
  readRegion(image: TileImage, rect: PixelRect): Promise<RegionPixels>
  /**
   * A new image in which `rect` has these pixels; every tile it does not touch keeps its name. `bounds` defaults to the
   * image's own and may grow; `rect` lies within it.
   */
  writeRegion(image: TileImage, rect: PixelRect, pixels: RegionPixels, bounds?: PixelRect): Promise<TileImage>
}
