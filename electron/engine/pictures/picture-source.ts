import { stat } from 'node:fs/promises'
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'
import { errnoOf } from '../../api/disk-problems.ts'
import { EngineError } from '../../api/errors.ts'
import { MAX_IMAGE_PIXELS } from '../../api/images.ts'
import { describeTooLarge, PICTURE_ERRORS } from '../../api/strings/storage.ts'
import { OPENED_FORMATS } from '../formats/formats.ts'

/** Where a picture file's bytes are. */
export type PictureSource = { readonly bytes: Uint8Array } | { readonly path: string }

// A file that was saved again must be read again; what we decode once we keep as tiles.
sharp.cache(false)

/** A picture file whose head has been read and found good; its pixels have not been decoded. */
export interface PictureHead {
  readonly metadata: Metadata
  /** A pipeline that begins with the file, turned upright. Rejects through `decode`. */
  open(options?: SharpOptions): Sharp
}

/** Reads a picture's head. Throws EngineError `file-unreadable`, `image-empty`, `image-too-large`. */
export async function readPictureHead(source: PictureSource): Promise<PictureHead> {
  await requireBytes(source)
  const input = 'bytes' in source ? source.bytes : source.path
  // The limit is checked below, so that the message can name the picture's size.
  const metadata = await sharp(input, { limitInputPixels: false }).metadata().catch(unreadable(PICTURE_ERRORS.unreadable))
  if (!OPENED_FORMATS.includes(metadata.format)) throw new EngineError('file-unreadable', PICTURE_ERRORS.unreadable)
  const { width, height } = metadata
  if (width * height === 0) throw new EngineError('image-empty', PICTURE_ERRORS.empty)
  if (width * height > MAX_IMAGE_PIXELS) {
    throw new EngineError('image-too-large', describeTooLarge(width, height, MAX_IMAGE_PIXELS / 1e6), {
      details: { width, height, maxPixels: MAX_IMAGE_PIXELS },
    })
  }
  return {
    metadata,
    open: (options) => sharp(input, { failOn: 'error', limitInputPixels: MAX_IMAGE_PIXELS, ...options }).autoOrient(),
  }
}

/** Runs a pipeline that began with a `PictureHead`. Throws EngineError `file-unreadable` when the file is cut off. */
export async function decode(pipeline: Sharp): Promise<{ data: Buffer; width: number; height: number }> {
  const { data, info } = await pipeline
    .toBuffer({ resolveWithObject: true })
    .catch(unreadable(PICTURE_ERRORS.truncated))
  return { data, width: info.width, height: info.height }
}

/** sharp names a missing file only in prose. */
async function requireBytes(source: PictureSource): Promise<void> {
  const byteCount = 'bytes' in source ? source.bytes.length : await stat(source.path).then(({ size }) => size, unopenable)
  if (byteCount === 0) throw new EngineError('image-empty', PICTURE_ERRORS.empty)
}

function unopenable(cause: unknown): never {
  const message = errnoOf(cause) === 'ENOENT' ? PICTURE_ERRORS.missing : PICTURE_ERRORS.forbidden
  throw new EngineError('file-unreadable', message, { cause })
}

function unreadable(message: string): (cause: unknown) => never {
  return (cause) => {
    throw new EngineError('file-unreadable', message, { cause })
  }
}
