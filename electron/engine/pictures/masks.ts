import sharp from 'sharp'
import { EngineError } from '../../api/errors.ts'
import type { PixelRect } from '../../api/geometry.ts'
import type { ImageId } from '../../api/images.ts'
import { describeMaskSize, NOT_A_MASK } from '../../api/strings/storage.ts'
import type { ImageStore } from './image-store.ts'
import { decode, readPictureHead, type PictureSource } from './picture-source.ts'
import { emptyImage } from './tile-image-store.ts'

/**
 * Reads a picture file as the pixel mask of `rect`: white is repainted, grey partly, black and what is transparent not.
 * Throws EngineError `mask-size-differs` and what `readPictureHead` throws.
 */
export async function importMask(source: PictureSource, rect: PixelRect, images: ImageStore): Promise<ImageId> {
  const head = await readPictureHead(source)
  const found = head.metadata.autoOrient
  if (found.width !== rect.width || found.height !== rect.height) {
    const expected = { width: rect.width, height: rect.height }
    throw new EngineError('mask-size-differs', describeMaskSize(found, expected), { details: { found, expected } })
  }
  const { data } = await decode(
    head.open({ ignoreIcc: true }).flatten({ background: 'black' }).toColourspace('b-w').extractChannel(0).raw({ depth: 'uchar' }),
  )
  return images.put(await images.writeRegion(emptyImage('mask8', rect), rect, data))
}

/** A grey PNG of a pixel mask, the size of its bounds. */
export async function exportMask(imageId: ImageId, images: ImageStore): Promise<Uint8Array<ArrayBuffer>> {
  const mask = await images.get(imageId)
  if (mask.format !== 'mask8') throw new EngineError('invalid-request', NOT_A_MASK)
  const { width, height } = mask.bounds
  const bytes = await images.readRegion(mask, mask.bounds)
  return sharp(bytes, { raw: { width, height, channels: 1 } }).toColourspace('b-w').png().toBuffer()
}
