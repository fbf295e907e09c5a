import { Hono } from 'hono'
import { exportOptionsSchema } from '../../api/images.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import { exportPicture } from '../pictures/export-picture.ts'
import type { FileRegistry } from '../file-registry.ts'
import type { ImageStore } from '../pictures/image-store.ts'
import { writeExport } from '../pictures/write-export.ts'
import { validate } from './request-validation.ts'

export function exportRoutes(parts: { images: ImageStore; blobs: BlobStore; files: FileRegistry }) {
  return new Hono().post('/', validate('json', exportOptionsSchema), async (c) => {
    const options = c.req.valid('json')
    if (options.fileId !== null) parts.files.pathOf(options.fileId, 'save') // Known before the work is done.
    return writeExport(await exportPicture(options, parts), options.fileId, parts.files)
  })
}
