import sharp, { type Sharp } from 'sharp'
import { intersectRects, type PixelRect } from '../../api/geometry.ts'
import type { TileImage } from '../../api/images.ts'
import type { ImageStore, RegionPixels } from '../pictures/image-store.ts'
import { wordsOf } from './deep-pixels.ts'

/** What a crop shows of a picture at the model's scale, in the picture's own colour space. */
export interface CropView {
  readonly width: number
  readonly height: number
  /** [height × width × 3], 16 bits whatever the picture has. Transparent parts lie on white; beyond the picture its edge is repeated. */
  readonly rgb: Uint16Array
  /** [height × width]: 1 where the picture is there and opaque. */
  readonly isKnown: Uint8Array
}

/** Read at once. Bounds the memory for a crop over a 100-megapixel picture. */
const MAX_BAND_PIXELS = 8_000_000

/** @param size  of the view: the crop's cells at the model's scale, so `crop.height` is a multiple of `cellSize`. */
export async function readCropView(
  images: ImageStore,
  picture: TileImage,
  crop: PixelRect,
  size: { width: number; height: number },
): Promise<CropView> {
  const scale = crop.height / size.height
  const view = {
    ...size,
    rgb: new Uint16Array(size.width * size.height * 3),
    isKnown: new Uint8Array(size.width * size.height),
  }
  const bandHeight = bandRows(crop, size)
  for (let top = 0; top < size.height; top += bandHeight) {
    const height = Math.min(bandHeight, size.height - top)
    const band = { x: crop.x, y: crop.y + Math.round(top * scale), width: crop.width, height: Math.round(height * scale) }
    const shown = nearestPart(band, picture.bounds)
    const pixels = await images.readRegion(picture, shown)
    const rgba = await scaleBand(pixels, shown, band, { width: size.width, height })
    fillView(view, top, rgba, band, picture.bounds)
  }
  return view
}

/** Rows of the view per band, so that each band is a whole number of image pixels high. */
function bandRows(crop: PixelRect, size: { width: number; height: number }): number {
  // Cell size and downsample factor are whole, so this many rows of the view are whole rows of the picture.
  const step = size.height / greatestCommonDivisor(crop.height, size.height)
  const most = (MAX_BAND_PIXELS / crop.width) * (size.height / crop.height)
  return Math.max(1, Math.floor(most / step)) * step
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** What the picture has of a band; where it has nothing, its line or column next to it, to be repeated. */
function nearestPart(band: PixelRect, bounds: PixelRect): PixelRect {
  const clamp = (start: number, length: number, from: number, extent: number) => {
    const first = Math.min(Math.max(start, from), from + extent - 1)
    const end = Math.max(Math.min(start + length, from + extent), from + 1)
    return [first, Math.max(1, end - first)] as const
  }
  const [x, width] = clamp(band.x, band.width, bounds.x, bounds.width)
  const [y, height] = clamp(band.y, band.height, bounds.y, bounds.height)
  return { x, y, width, height }
}

/** RGBA, 16 bits. */
async function scaleBand(
  pixels: RegionPixels,
  shown: PixelRect,
  band: PixelRect,
  size: { width: number; height: number },
): Promise<Uint16Array> {
  const isDeep = pixels instanceof Uint16Array
  const left = Math.min(Math.max(0, shown.x - band.x), band.width - shown.width)
  const top = Math.min(Math.max(0, shown.y - band.y), band.height - shown.height)
  const right = band.width - left - shown.width
  const bottom = band.height - top - shown.height
  const toRaw = async (image: Sharp) => {
    const raw = image.toColourspace(isDeep ? 'rgb16' : 'srgb').raw({ depth: isDeep ? 'ushort' : 'uchar' })
    const bytes = await raw.toBuffer()
    return isDeep ? wordsOf(bytes) : bytes
  }
  const open = (data: RegionPixels, { width, height }: { width: number; height: number }) =>
    sharp(data, { raw: { width, height, channels: 4 } })
  // Two pipelines, because sharp extends after it resizes.
  const whole = await toRaw(open(pixels, shown).extend({ left, top, right, bottom, extendWith: 'copy' }))
  const scaled = await toRaw(open(whole, band).resize({ ...size, fit: 'fill', kernel: 'lanczos3' }))
  return isDeep ? (scaled as Uint16Array) : Uint16Array.from(scaled, (byte) => byte * 257)
}

function fillView(view: CropView, top: number, rgba: Uint16Array, band: PixelRect, bounds: PixelRect): void {
  const scale = band.width / view.width
  const shown = intersectRects(band, bounds)
  for (let i = 0, at = top * view.width; i < rgba.length; i += 4, at++) {
    const opacity = rgba[i + 3]! / 65_535
    for (let channel = 0; channel < 3; channel++) {
      view.rgb[at * 3 + channel] = Math.round(rgba[i + channel]! * opacity + 65_535 * (1 - opacity))
    }
    if (shown === undefined || opacity < 1) continue
    const x = band.x + (at % view.width) * scale
    const y = band.y + (Math.floor(at / view.width) - top) * scale
    const isInside =
      x >= shown.x && y >= shown.y && x + scale <= shown.x + shown.width && y + scale <= shown.y + shown.height
    view.isKnown[at] = isInside ? 1 : 0
  }
}
