import { Hono } from 'hono'
import { z } from 'zod'
import { cellMaskSchema } from '../../api/analyses.ts'
import { blobHashSchema, type ImageId } from '../../api/images.ts'
import type { FileRegistry } from '../file-registry.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { maskCells } from '../pictures/cell-mask.ts'
import { exportMask, importMask } from '../pictures/masks.ts'
import { writeExport } from '../pictures/write-export.ts'
import { bytesOf, limitBody, MAX_FILE_BYTES } from './request-body.ts'
import { validate } from './request-validation.ts'

const side = z.coerce.number().int().min(1)
const rectQuery = z.object({ x: z.coerce.number().int(), y: z.coerce.number().int(), width: side, height: side })
const imageParam = z.object({ id: blobHashSchema })
const exportQuery = z.object({ fileId: z.string().optional() })

export function maskRoutes({ images, files }: { images: ImageStore; files: FileRegistry }) {
  const answer = async (imageId: ImageId) => ({ imageId, image: await images.get(imageId) })
  return new Hono()
    .post('/', limitBody(MAX_FILE_BYTES), validate('query', rectQuery), async (c) => {
      const imageId = await importMask({ bytes: await bytesOf(c) }, c.req.valid('query'), images)
      return c.json(await answer(imageId), 201)
    })
    .post('/from-file/:fileId', validate('query', rectQuery), async (c) => {
      const path = files.pathOf(c.req.param('fileId'), 'open')
      return c.json(await answer(await importMask({ path }, c.req.valid('query'), images)), 201)
    })
    .post('/from-cells', validate('json', cellMaskSchema), async (c) => {
      const { bounds, crop, cells } = c.req.valid('json')
      return c.json(await answer(await maskCells(images, bounds, crop, cells)), 201)
    })
    .post('/:id/export', validate('param', imageParam), validate('query', exportQuery), async (c) => {
      const bytes = await exportMask(c.req.valid('param').id, images)
      return writeExport({ pieces: [bytes], mediaType: 'image/png' }, c.req.valid('query').fileId ?? null, files)
    })
}
