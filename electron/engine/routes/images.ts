import { Hono } from 'hono'
import { z } from 'zod'
import { pixelRectSchema } from '../../api/geometry.ts'
import { blobHashSchema, TILE_SIZE, tileImageSchema } from '../../api/images.ts'
import { UNTITLED_PICTURE } from '../../api/strings/storage.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { parseLevel, type DisplayTiles } from '../pictures/display-tiles.ts'
import { cleanExif } from '../formats/exif.ts'
import type { FileRegistry } from '../file-registry.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { openPicture } from '../pictures/open-picture.ts'
import { cropImage } from '../pictures/tile-image-store.ts'
import { parseTileKey } from '../pictures/tile-grid.ts'
import { answerPixels, IMMUTABLE } from './raw-answer.ts'
import { bytesOf, limitBody, MAX_BLOB_BYTES, MAX_FILE_BYTES } from './request-body.ts'
import { validate } from './request-validation.ts'

export interface ImageRoutesParts {
  readonly blobs: BlobStore
  readonly images: ImageStore
  readonly displayTiles: DisplayTiles
  readonly files: FileRegistry
}

const imageParam = z.object({ id: blobHashSchema })
const tileParam = imageParam.extend({ level: z.string(), key: z.string().regex(/^-?\d{1,6},-?\d{1,6}$/) })

export function imageRoutes({ images, blobs, displayTiles }: ImageRoutesParts) {
  return new Hono()
    .post('/', limitBody(MAX_FILE_BYTES), validate('query', z.object({ name: z.string().optional() })), async (c) => {
      const name = c.req.valid('query').name ?? UNTITLED_PICTURE
      return c.json(await openPicture({ bytes: await bytesOf(c) }, name, { images, blobs }), 201)
    })
    .get('/:id', validate('param', imageParam), async (c) => {
      c.header('cache-control', IMMUTABLE)
      return c.json(await images.get(c.req.valid('param').id))
    })
    .get('/:id/gps', validate('param', imageParam), async (c) => {
      const { exif } = await images.get(c.req.valid('param').id)
      const cleaned = exif === null ? undefined : cleanExif(await blobs.get(exif), { isGpsDropped: false })
      return c.json({ hasGps: cleaned?.hadGps ?? false })
    })
    .get('/:id/tiles/:level/:key', validate('param', tileParam), async (c) => {
      const { id, level, key } = c.req.valid('param')
      const tile = await displayTiles.get(await images.get(id), parseLevel(level), ...parseTileKey(key))
      return answerPixels(tile, { width: TILE_SIZE, height: TILE_SIZE }, IMMUTABLE)
    })
    .post('/:id/crop', validate('param', imageParam), validate('json', z.object({ rect: pixelRectSchema })), async (c) => {
      const image = await images.get(c.req.valid('param').id)
      const cropped = await cropImage(images, image, c.req.valid('json').rect)
      return c.json({ imageId: await images.put(cropped), image: cropped }, 201)
    })
}

export function tileImageRoutes({ images }: Pick<ImageRoutesParts, 'images'>) {
  return new Hono().post('/', validate('json', tileImageSchema), async (c) =>
    c.json({ imageId: await images.put(c.req.valid('json')) }, 201),
  )
}

export function blobRoutes({ blobs }: Pick<ImageRoutesParts, 'blobs'>) {
  return new Hono().post('/', limitBody(MAX_BLOB_BYTES), async (c) => c.json({ hash: await blobs.put(await bytesOf(c)) }, 201))
}

/** What a client asks of a file the host has registered. */
export function fileRoutes({ images, blobs, files }: ImageRoutesParts) {
  return new Hono().post('/:fileId/image', async (c) => {
    const fileId = c.req.param('fileId')
    const source = { path: files.pathOf(fileId, 'open') }
    return c.json(await openPicture(source, files.nameOf(fileId), { images, blobs }), 201)
  })
}
