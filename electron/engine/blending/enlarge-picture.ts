import sharp from 'sharp'
import { intersectRects, scaleRect, type PixelRect } from '../../api/geometry.ts'
import type { RgbRaster } from '../../api/inference.ts'
import type { TileImage } from '../../api/images.ts'
import { createPace, type Pace } from '../pacing/pacing.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { touchedTiles } from '../pictures/tile-grid.ts'
import { emptyImage } from '../pictures/tile-image-store.ts'
import type { BlendingTools } from './blend.ts'
import { readCropView } from './crop-view.ts'
import { toPatch } from './model-view.ts'
import { enlargePart, type Patch } from './patch-enlarger.ts'
import { wordsOf } from './deep-pixels.ts'

/** Pixels of the drawn picture. Colours are right on a larger scale than a token, not within one. */
const COLOUR_SCALE = 8
/** How far around a part opacity is read, in the picture's pixels: as far as the kernel reaches. */
const KERNEL_REACH = 3
const OPAQUE = 65_535

/**
 * The picture `factor` times as large, as the model drew it: its colours those of the picture, its opacity the picture's
 * enlarged; format, colour space and EXIF stay.
 *
 * @param crop  where in the picture the patch lies; it covers all of the picture.
 */
export async function enlargePicture(
  { images, colour }: BlendingTools,
  picture: TileImage,
  factor: number,
  crop: PixelRect,
  drawn: RgbRaster,
): Promise<TileImage> {
  const pace = createPace()
  const bounds = scaleRect(picture.bounds, factor)
  const view = await readCropView(images, picture, crop, drawn)
  const patch = await takeColours(view.rgb, await toPatch(drawn, picture, colour), pace)
  const { iccProfile, exif, hasAlpha, format } = picture
  let image: TileImage = { ...emptyImage(format, bounds), iccProfile, exif, hasAlpha }
  for (const { part } of touchedTiles(bounds)) {
    const rgb = await enlargePart(patch, scaleRect(crop, factor), part)
    const opacity = hasAlpha ? await readOpacity(images, picture, factor, part) : undefined
    image = await images.writeRegion(image, part, toPixels(rgb, opacity, format))
    await pace()
  }
  return image
}

/** What of the patch is coarser than a token is replaced by the same of the picture. Both [height × width × 3], 16 bits. */
async function takeColours(picture: Uint16Array, patch: Patch, pace: Pace): Promise<Patch> {
  const { width, height } = patch
  const soften = async (rgb: Uint16Array) => wordsOf(
    await sharp(rgb, { raw: { width, height, channels: 3 } }).blur(COLOUR_SCALE).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer(),
  )
  const [wanted, given] = [await soften(picture), await soften(patch.rgb)]
  const rgb = new Uint16Array(patch.rgb.length)
  for (let row = 0; row < height; row++) {
    for (let i = row * width * 3; i < (row + 1) * width * 3; i++) {
      rgb[i] = Math.min(OPAQUE, Math.max(0, patch.rgb[i]! + wanted[i]! - given[i]!))
    }
    await pace()
  }
  return { width, height, rgb }
}

/** [height × width], 16 bits, of a part of the enlarged picture. */
async function readOpacity(images: ImageStore, picture: TileImage, factor: number, part: PixelRect): Promise<Uint16Array> {
  const first = (start: number) => Math.floor(start / factor) - KERNEL_REACH
  const around = { x: first(part.x), y: first(part.y), width: 0, height: 0 }
  around.width = Math.ceil((part.x + part.width) / factor) + KERNEL_REACH - around.x
  around.height = Math.ceil((part.y + part.height) / factor) + KERNEL_REACH - around.y
  const seen = intersectRects(around, picture.bounds)!
  const pixels = await images.readRegion(picture, seen)
  const scale = pixels instanceof Uint16Array ? 1 : 257
  const alpha = Uint16Array.from({ length: seen.width * seen.height }, (_, i) => pixels[i * 4 + 3]! * scale)
  const large = scaleRect(seen, factor)
  return wordsOf(
    await sharp(alpha, { raw: { width: seen.width, height: seen.height, channels: 1 } })
      .resize({ width: large.width, height: large.height, fit: 'fill', kernel: 'cubic' })
      .extract({ left: part.x - large.x, top: part.y - large.y, width: part.width, height: part.height })
      .toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer(),
  )
}

/** The model saw what is not opaque on white: the white is taken out again. */
function toPixels(rgb: Uint16Array, opacity: Uint16Array | undefined, format: TileImage['format']): Uint8Array | Uint16Array {
  const count = rgb.length / 3
  const pixels = new Uint16Array(count * 4)
  for (let i = 0; i < count; i++) {
    const alpha = opacity?.[i] ?? OPAQUE
    const white = OPAQUE - alpha
    for (let c = 0; c < 3; c++) {
      const colour = alpha === 0 ? OPAQUE : ((rgb[i * 3 + c]! - white) * OPAQUE) / alpha
      pixels[i * 4 + c] = Math.min(OPAQUE, Math.max(0, Math.round(colour)))
    }
    pixels[i * 4 + 3] = alpha
  }
  return format === 'rgba16' ? pixels : Uint8Array.from(pixels, (value) => Math.round(value / 257))
}
