import type { Metadata } from 'sharp'
import type { ImportedImage, PixelFormat, TileImage } from '../../api/images.ts'
import { PIXEL_FORMATS, TILE_SIZE } from '../../api/images.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { cleanExif } from '../formats/exif.ts'
import { readRecipeXmp } from '../formats/recipe-xmp.ts'
import type { ImageStore, RegionPixels } from './image-store.ts'
import { decode, readPictureHead, type PictureHead, type PictureSource } from './picture-source.ts'
import { emptyImage } from './tile-image-store.ts'

/**
 * Opens a picture file: what it is follows from its content, not from its name. Pixels stay in the file's own colour space,
 * 16 bits stay 16 bits, and the picture is turned as its EXIF says. Throws EngineError `file-unreadable`, `image-empty`,
 * `image-too-large`, `disk-full`, `disk-read-only`.
 */
export async function openPicture(
  source: PictureSource,
  name: string,
  stores: { images: ImageStore; blobs: BlobStore },
): Promise<ImportedImage> {
  const head = await readPictureHead(source)
  const { metadata } = head
  const iccProfile = usableProfile(metadata)
  const exif = metadata.exif && cleanExif(metadata.exif, { isGpsDropped: false })
  const { pixels, width, height, format } = await decodePixels(head, iccProfile !== undefined)

  const bounds = { x: 0, y: 0, width, height }
  const empty: TileImage = {
    ...emptyImage(format, bounds),
    iccProfile: iccProfile ? await stores.blobs.put(iccProfile) : null,
    exif: exif ? await stores.blobs.put(exif.exif) : null,
  }
  const written = await stores.images.writeRegion(empty, bounds, pixels)
  const image = { ...written, hasAlpha: metadata.hasAlpha && (await hasTransparency(pixels)) }
  return {
    imageId: await stores.images.put(image),
    image,
    name,
    hasGps: exif?.hadGps ?? false,
    recipe: metadata.xmp ? readRecipeXmp(metadata.xmp) : null,
  }
}

/** The file's profile, where it describes RGB pixels and can be used; other pictures are converted to sRGB. */
function usableProfile({ icc, space }: Metadata): Uint8Array | undefined {
  if (icc === undefined || !RGB_SPACES.includes(space)) return undefined
  // ICC.1:2022, 7.2: the data colour space at byte 16, the file signature at byte 36.
  const isRgbProfile = icc.toString('latin1', 16, 20) === 'RGB ' && icc.toString('latin1', 36, 40) === 'acsp'
  return isRgbProfile ? new Uint8Array(icc) : undefined
}

const RGB_SPACES = ['srgb', 'rgb', 'rgb16']

async function decodePixels(
  head: PictureHead,
  isProfileKept: boolean,
): Promise<{ pixels: RegionPixels; width: number; height: number; format: PixelFormat }> {
  const { depth, space } = head.metadata
  // With a profile that is kept, converting by it would change the pixels.
  const pipeline = head.open({ ignoreIcc: isProfileKept })
  if (depth === 'ushort' && (space === 'rgb16' || space === 'grey16')) {
    // sharp makes 16-bit values only when asked three times: pipeline, output colours, output depth.
    const { data, ...size } = await decode(
      pipeline.pipelineColourspace('rgb16').toColourspace('rgb16').ensureAlpha().raw({ depth: 'ushort' }),
    )
    return { pixels: new Uint16Array(data.buffer, data.byteOffset, data.length / 2), ...size, format: 'rgba16' }
  }
  const { data, ...size } = await decode(pipeline.toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }))
  return { pixels: data, ...size, format: 'rgba8' }
}

/** Pixels looked at before other requests have their turn: one tile's worth takes well under a millisecond. */
const PIXELS_A_TURN = TILE_SIZE * TILE_SIZE * 4

/** Many files carry an alpha channel in which every pixel is opaque; those count as having none. */
async function hasTransparency(pixels: RegionPixels): Promise<boolean> {
  const opaque = pixels instanceof Uint16Array ? 0xffff : 0xff
  const channels = PIXEL_FORMATS.rgba8
  for (let i = channels - 1; i < pixels.length; i += channels) {
    if (pixels[i] !== opaque) return true
    if ((i + 1) % (PIXELS_A_TURN * channels) === 0) await new Promise(setImmediate)
  }
  return false
}
