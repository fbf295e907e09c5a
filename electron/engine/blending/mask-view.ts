import { intersectRects, type PixelRect } from '../../api/geometry.ts'
import type { TileImage } from '../../api/images.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { parseTileKey, tileRect } from '../pictures/tile-grid.ts'
import type { CropView } from './crop-view.ts'
import type { Pace } from '../pacing/pacing.ts'

/** Which pixels of a crop's view no masked pixel falls into: [height × width], 1 = kept as the picture has it. */
export async function findKeptPixels(
  images: ImageStore,
  mask: TileImage | null,
  crop: PixelRect,
  view: CropView,
  pace: Pace,
): Promise<Uint8Array> {
  const isKept = view.isKnown.slice()
  const scale = crop.width / view.width
  for (const key of Object.keys(mask?.tiles ?? {})) {
    const part = intersectRects(tileRect(...parseTileKey(key)), crop)
    if (part === undefined || mask === null) continue
    const strengths = await images.readRegion(mask, part)
    for (let y = 0; y < part.height; y++) {
      const line = Math.floor((part.y + y - crop.y) / scale) * view.width
      for (let x = 0; x < part.width; x++) {
        if (strengths[y * part.width + x]! > 0) isKept[line + Math.floor((part.x + x - crop.x) / scale)] = 0
      }
    }
    await pace()
  }
  return isKept
}

/** Of kept pixels those in cells that are kept whole. @param side  of a cell, in pixels of the view; the first begins at 0, 0. */
export function keepWholeCells(isKept: Uint8Array, width: number, side: number): Uint8Array {
  const columns = Math.ceil(width / side)
  const cellOf = (i: number) => Math.floor(Math.floor(i / width) / side) * columns + Math.floor((i % width) / side)
  const isCellKept = new Uint8Array(cellOf(isKept.length - 1) + columns).fill(1)
  for (let i = 0; i < isKept.length; i++) if (isKept[i] === 0) isCellKept[cellOf(i)] = 0
  return isKept.map((kept, i) => kept & isCellKept[cellOf(i)]!)
}
