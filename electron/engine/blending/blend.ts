import { intersectRects, unionRects, type PixelRect } from '../../api/geometry.ts'
import type { RgbRaster } from '../../api/inference.ts'
import type { TileImage } from '../../api/images.ts'
import type { Receipt } from '../../api/jobs.ts'
import type { Colour } from '../pictures/colour.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { touchedTiles } from '../pictures/tile-grid.ts'
import { emptyImage } from '../pictures/tile-image-store.ts'
import { matchColours } from './colour-match.ts'
import { comparePictures } from './compare.ts'
import { readCropView } from './crop-view.ts'
import { findKeptPixels, keepWholeCells } from './mask-view.ts'
import { mixPixels } from './mix-pixels.ts'
import { toPatch } from './model-view.ts'
import { createPace, type Pace } from '../pacing/pacing.ts'
import { enlargePart, type Patch } from './patch-enlarger.ts'

/** What blending works with. */
export interface BlendingTools {
  readonly images: ImageStore
  readonly colour: Colour
}

/** Where an edit writes: `mask` within the picture, in proportion; all of `frame` that lies beyond the picture. */
export interface WrittenArea {
  readonly mask: TileImage | null
  readonly frame: PixelRect | null
  /** Absent = what is written is matched in colour to what stays beside it. */
  readonly isColourMatched?: boolean
  /**
   * In image pixels, the side of a token cell: colours are compared only in cells of which nothing changes, because what is
   * drawn beside what stays is something else. Absent = they are compared up to the border.
   */
  readonly comparedCellSize?: number | undefined
}

export interface Blended {
  readonly image: TileImage
  /** null where there was no picture before. */
  readonly receipt: Receipt | null
}

/**
 * The picture with a patch laid into it: matched in colour along the border of what changes, enlarged to the picture's
 * scale, written where the mask is above 0 and where the frame adds to the picture, and then compared byte by byte.
 *
 * @param picture  null = there is none; the frame is all there will be.
 * @param crop  where the patch lies.
 * @param patch  what the model drew: 8-bit sRGB at its own scale.
 */
export async function blendPatch(
  { images, colour }: BlendingTools,
  picture: TileImage | null,
  written: WrittenArea,
  crop: PixelRect,
  patch: RgbRaster,
): Promise<Blended> {
  const pace = createPace()
  const base = picture ?? emptyImage('rgba8', written.frame ?? crop)
  const drawn = await toPatch(patch, base, colour)
  const isMatched = picture !== null && written.isColourMatched !== false
  const final = !isMatched ? drawn : await matchToPicture(images, picture, written, crop, drawn, pace)
  const image = await writePatch(images, base, picture?.bounds, written, crop, final, pace)
  if (picture === null) return { image, receipt: null }
  return { image, receipt: await comparePictures(images, picture, image, written.mask, pace) }
}

async function matchToPicture(
  images: ImageStore,
  picture: TileImage,
  { mask, comparedCellSize }: WrittenArea,
  crop: PixelRect,
  patch: Patch,
  pace: Pace,
): Promise<Patch> {
  const view = await readCropView(images, picture, crop, patch)
  const isUntouched = await findKeptPixels(images, mask, crop, view, pace)
  const cellSide = comparedCellSize && Math.round((comparedCellSize * patch.width) / crop.width)
  const isKept = cellSide ? keepWholeCells(isUntouched, patch.width, cellSide) : isUntouched
  const { width, height } = patch
  return { width, height, rgb: await matchColours({ width, height, picture: view.rgb, patch: patch.rgb, isKept }, pace) }
}

async function writePatch(
  images: ImageStore,
  base: TileImage,
  pictureBounds: PixelRect | undefined,
  { mask, frame }: WrittenArea,
  crop: PixelRect,
  patch: Patch,
  pace: Pace,
): Promise<TileImage> {
  const bounds = frame ? unionRects(base.bounds, frame) : base.bounds
  const reach = intersectRects(crop, bounds)
  let image: TileImage = { ...base, bounds }
  // Tile by tile, so that none is written twice and mixing one is a short turn.
  for (const { part: block } of reach ? touchedTiles(reach) : []) {
    const strengths = await readStrengths(images, mask, frame, pictureBounds, block)
    if (!isAnyWritten(strengths)) continue
    // Bytes shared with nobody: readRegion copies.
    const pixels = await images.readRegion(image, block)
    mixPixels(pixels, await enlargePart(patch, crop, block), strengths)
    image = await images.writeRegion(image, block, pixels)
    await pace()
  }
  return { ...image, hasAlpha: image.hasAlpha || hasGap(bounds, pictureBounds, frame) }
}

/** Whether two rectangles leave some of their union uncovered: two extensions of different sides, one placed after the other. */
function hasGap(bounds: PixelRect, picture: PixelRect | undefined, frame: PixelRect | null): boolean {
  const area = (rect: PixelRect | null | undefined) => (rect ? rect.width * rect.height : 0)
  const both = picture && frame ? area(intersectRects(picture, frame)) : 0
  return area(picture) + area(frame) - both < area(bounds)
}

/** How strongly each pixel of a block is written: [height × width], 0–255. */
async function readStrengths(
  images: ImageStore,
  mask: TileImage | null,
  frame: PixelRect | null,
  picture: PixelRect | undefined,
  block: PixelRect,
): Promise<Uint8Array> {
  const strengths = new Uint8Array(block.width * block.height)
  const isNew = frame && intersectRects(frame, block)
  const onPicture = picture && intersectRects(picture, block)
  if (isNew) {
    forEachRow(isNew, (row) => {
      const start = offsetIn(block, isNew, row)
      strengths.fill(255, start, start + isNew.width)
    })
  }
  if (onPicture) {
    const painted = mask ? await images.readRegion(mask, onPicture) : new Uint8Array(onPicture.width * onPicture.height)
    const { width } = onPicture
    forEachRow(onPicture, (row) => {
      strengths.set(painted.subarray(row * width, (row + 1) * width), offsetIn(block, onPicture, row))
    })
  }
  return strengths
}

function isAnyWritten(strengths: Uint8Array): boolean {
  for (let i = 0; i < strengths.length; i++) if (strengths[i]! > 0) return true
  return false
}

function forEachRow({ height }: PixelRect, visit: (row: number) => void): void {
  for (let row = 0; row < height; row++) visit(row)
}

/** Where a row of a part begins in its block. */
function offsetIn(block: PixelRect, part: PixelRect, row: number): number {
  return (part.y - block.y + row) * block.width + part.x - block.x
}
