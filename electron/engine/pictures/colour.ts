import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { PixelSize } from '../../api/geometry.ts'
import type { BlobHash, TileImage } from '../../api/images.ts'
import { writeFileAtomically } from '../storage/atomic-file.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { unlessMissing } from '../storage/disk-errors.ts'
import type { RegionPixels } from './image-store.ts'
import { wrapAsTiff } from '../formats/tiff-wrapper.ts'

/** Between a document's own format and colour space and the screen's and the model's: 8-bit sRGB. Rows stay rows. */
export interface Colour {
  /** @param pixels  of an image that is no mask. @returns RGBA, 8 bits, sRGB. */
  toSrgb(pixels: RegionPixels, size: PixelSize, image: Pick<TileImage, 'iccProfile'>): Promise<Uint8Array>
  /** @param rgba  RGBA, 8 bits, sRGB. @returns pixels in the image's format and colour space. */
  fromSrgb(rgba: Uint8Array, size: PixelSize, image: Pick<TileImage, 'iccProfile' | 'format'>): Promise<RegionPixels>
}

/** @param folder  where profiles are laid for sharp, which takes them by path. */
export function createColour({ blobs, folder }: { blobs: BlobStore; folder: string }): Colour {
  const pathOfProfile = async (hash: BlobHash): Promise<string> => {
    const path = join(folder, `${hash}.icc`)
    if (await unlessMissing(stat(path), undefined)) return path
    await mkdir(folder, { recursive: true })
    await writeFileAtomically(path, await blobs.get(hash))
    return path
  }

  return {
    async toSrgb(pixels, size, { iccProfile }) {
      const rgba = pixels instanceof Uint16Array ? narrow(pixels) : pixels
      if (iccProfile === null) return rgba
      return sharp(wrapAsTiff(rgba, size, await blobs.get(iccProfile))).raw().toBuffer()
    },
    async fromSrgb(rgba, size, { iccProfile, format }) {
      const converted =
        iccProfile === null
          ? rgba
          : await sharp(rgba, { raw: { ...size, channels: 4 } }).withIccProfile(await pathOfProfile(iccProfile)).raw().toBuffer()
      return format === 'rgba16' ? widen(converted) : new Uint8Array(converted)
    },
  }
}

/** 16 bits to 8, rounded: 65535 / 255 = 257. */
export function narrow(values: Uint16Array): Uint8Array {
  const narrowed = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) narrowed[i] = ((values[i]! + 128) / 257) | 0
  return narrowed
}

/** 8 bits to 16, so that `narrow` gives them back. */
export function widen(values: Uint8Array): Uint16Array {
  return Uint16Array.from(values, (value) => value * 257)
}
