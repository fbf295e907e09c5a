import { Hono } from 'hono'
import { z } from 'zod'
import { compositionSchema } from '../../api/compositions.ts'
import { editRequestSchema } from '../../api/edits.ts'
import { EngineError } from '../../api/errors.ts'
import { blobHashSchema } from '../../api/images.ts'
import { pinSchema } from '../../api/pins.ts'
import { UNKNOWN_DOCUMENT } from '../../api/strings/storage.ts'
import type { Documents } from '../documents/documents.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { answerPixels } from './raw-answer.ts'
import { validate } from './request-validation.ts'

/** `documentId` null: a job of the command line, kept with no document. */
const newJobSchema = z.object({ documentId: z.string().nullable().default(null), request: editRequestSchema })
const cancelSchema = z.object({ keep: z.stringbool().default(false) })
const candidateSchema = z.object({ id: z.string(), index: z.coerce.number().int().min(0) })
const stepSchema = candidateSchema.extend({ step: z.coerce.number().int().min(1) })
const pinsSchema = z.object({ pins: z.array(pinSchema).max(16_384) })
const placeSchema = z.object({ imageId: blobHashSchema })

export function jobRoutes(jobs: JobQueue, documents: Pick<Documents, 'has'>) {
  return new Hono()
    .post('/', validate('json', newJobSchema), async (c) => {
      const { documentId, request } = c.req.valid('json')
      if (documentId !== null && !(await documents.has(documentId))) throw new EngineError('not-found', UNKNOWN_DOCUMENT)
      return c.json(await jobs.add(documentId, request), 201)
    })
    .post('/estimate', validate('json', z.object({ request: editRequestSchema })), async (c) =>
      c.json({ seconds: await jobs.estimate(c.req.valid('json').request) }),
    )
    .get('/:id', (c) => c.json(jobs.get(c.req.param('id'))))
    .delete('/:id', validate('query', cancelSchema), async (c) =>
      c.json(await jobs.cancel(c.req.param('id'), c.req.valid('query').keep)),
    )
    .post('/:id/compositions', validate('json', compositionSchema), async (c) =>
      c.json({ tokens: await jobs.compose(c.req.param('id'), c.req.valid('json')) }),
    )
    .post('/:id/retry', async (c) => c.json(await jobs.retry(c.req.param('id')), 202))
    .get('/:id/previews/:index', validate('param', candidateSchema), (c) => {
      const { id, index } = c.req.valid('param')
      const preview = jobs.preview(id, index)
      if (preview === undefined) return c.body(null, 204)
      const { width, height, data, step } = preview
      return c.body(new Uint8Array(data), 200, {
        'content-type': 'application/octet-stream',
        'cache-control': 'no-store',
        'remask-width': `${width}`,
        'remask-height': `${height}`,
        'remask-step': `${step}`,
      })
    })
    .post('/:id/candidates/:index/pins', validate('param', candidateSchema), validate('json', pinsSchema), (c) => {
      const { id, index } = c.req.valid('param')
      jobs.pin(id, index, c.req.valid('json').pins)
      return c.body(null, 204)
    })
    .get('/:id/candidates/:index/trail', validate('param', candidateSchema), async (c) => {
      const { id, index } = c.req.valid('param')
      const { rows, columns, stepCount, tokens } = await jobs.trail(id, index)
      return c.body(new Uint8Array(tokens.slice().buffer), 200, {
        'content-type': 'application/octet-stream',
        'cache-control': 'no-store',
        'remask-rows': `${rows}`,
        'remask-columns': `${columns}`,
        'remask-steps': `${stepCount}`,
      })
    })
    .get('/:id/candidates/:index/steps/:step', validate('param', stepSchema), async (c) => {
      const { id, index, step } = c.req.valid('param')
      const raster = await jobs.showStep(id, index, step)
      return answerPixels(raster.data, raster, 'no-store')
    })
    .post('/:id/candidates/:index/place', validate('param', candidateSchema), validate('json', placeSchema), async (c) => {
      const { id, index } = c.req.valid('param')
      return c.json(await jobs.place(id, index, c.req.valid('json').imageId))
    })
}
