import sharp, { type Sharp } from 'sharp'
import { EngineError } from '../../api/errors.ts'
import type { PixelSize } from '../../api/geometry.ts'
import type { ExportOptions, TileImage } from '../../api/images.ts'
import { describeMaxSide } from '../../api/strings/storage.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { cleanExif, setExifSize } from '../formats/exif.ts'
import type { ImageFormat } from '../formats/format.ts'
import { FORMATS } from '../formats/formats.ts'
import { writeRecipeXmp } from '../formats/recipe-xmp.ts'
import type { ImageStore } from './image-store.ts'
import type { ExportedFile } from './write-export.ts'

/**
 * The bytes of a picture file: pixels in the document's own colour space with its profile, EXIF, and the recipe where asked
 * for. PNG is lossless in 8 and 16 bits. Throws EngineError `not-found`, `image-too-large` for a format's longest side.
 */
export async function exportPicture(
  options: ExportOptions,
  stores: { images: ImageStore; blobs: BlobStore },
): Promise<ExportedFile> {
  const format = FORMATS[options.format]
  const image = await stores.images.get(options.imageId)
  const { width, height } = image.bounds
  assertFormatHolds(format, image.bounds)
  const hasAlpha = image.hasAlpha && format.hasAlpha
  const pixels = await pipelineOf(image, format, stores.images)
  const bytes = await format.encode(withAlpha(pixels, image, hasAlpha), options.quality).toBuffer()
  const metadata = {
    iccProfile: image.iccProfile === null ? undefined : await stores.blobs.get(image.iccProfile),
    exif: await exifOf(image, options, stores.blobs),
    xmp: options.keepRecipe && options.recipe !== null ? writeRecipeXmp(options.recipe) : undefined,
  }
  return { pieces: format.attach(bytes, metadata, { width, height, hasAlpha }), mediaType: format.mediaType }
}

/** Throws EngineError `image-too-large`. */
export function assertFormatHolds({ id, maxSide }: ImageFormat, { width, height }: PixelSize): void {
  if (Math.max(width, height) <= maxSide) return
  throw new EngineError('image-too-large', describeMaxSide(id.toUpperCase(), maxSide))
}

async function pipelineOf(image: TileImage, format: ImageFormat, images: ImageStore): Promise<Sharp> {
  const { width, height } = image.bounds
  const raw = { width, height, channels: 4 } as const
  const region = await images.readRegion(image, image.bounds)
  if (!(region instanceof Uint16Array)) return sharp(region, { raw })
  const deep = sharp(region, { raw })
  return format.has16Bits ? deep.toColourspace('rgb16') : deep.toColourspace('srgb')
}

function withAlpha(pixels: Sharp, image: TileImage, isKept: boolean): Sharp {
  if (isKept) return pixels
  return image.hasAlpha ? pixels.flatten({ background: 'white' }) : pixels.removeAlpha()
}

async function exifOf(image: TileImage, { keepGps }: ExportOptions, blobs: BlobStore): Promise<Uint8Array | undefined> {
  if (image.exif === null) return undefined
  const cleaned = cleanExif(await blobs.get(image.exif), { isGpsDropped: !keepGps })
  return cleaned && setExifSize(cleaned.exif, image.bounds)
}
