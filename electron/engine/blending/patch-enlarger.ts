import sharp from 'sharp'
import type { PixelRect } from '../../api/geometry.ts'
import { wordsOf } from './deep-pixels.ts'

/** A crop's patch at the model's scale, in the picture's colour space. */
export interface Patch {
  readonly width: number
  readonly height: number
  /** [height × width × 3], 16 bits. */
  readonly rgb: Uint16Array
}

/**
 * The patch at the picture's scale, as far as it lies in `part`: [height × width × 3], 16 bits. Parts read one by one
 * join without a seam, since each pixel is computed from the whole patch.
 */
export async function enlargePart({ width, height, rgb }: Patch, crop: PixelRect, part: PixelRect): Promise<Uint16Array> {
  const bytes = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize({ width: crop.width, height: crop.height, fit: 'fill', kernel: 'cubic' })
    .extract({ left: part.x - crop.x, top: part.y - crop.y, width: part.width, height: part.height })
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer()
  return wordsOf(bytes)
}
