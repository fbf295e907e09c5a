import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { EngineError } from '../../api/errors.ts'
import { PIXEL_FORMATS, TILE_SIZE } from '../../api/images.ts'

/** Of a picture file: an uncompressed TIFF of 100 megapixels at 16 bits has 800 MB, and nobody sends more than one. */
export const MAX_FILE_BYTES = 1024 ** 3
/** Of a blob: one tile of the deepest format. */
export const MAX_BLOB_BYTES = TILE_SIZE * TILE_SIZE * Math.max(...Object.values(PIXEL_FORMATS))

/** Refuses a body that is larger with `invalid-request`, before it has been taken in. */
export function limitBody(maxSize: number) {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new EngineError('invalid-request', `What was sent is too large: at most ${maxSize} bytes are taken here.`)
    },
  })
}

export async function bytesOf(c: Context): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await c.req.arrayBuffer())
}
