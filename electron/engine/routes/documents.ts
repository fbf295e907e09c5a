import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { documentViewSchema, logLineSchema, WINDOW_HEADER } from '../../api/documents.ts'
import { EngineError } from '../../api/errors.ts'
import type { Documents } from '../documents/documents.ts'
import type { Thumbnails } from '../pictures/thumbnails.ts'
import { IMMUTABLE } from './raw-answer.ts'
import { validate } from './request-validation.ts'

const nameSchema = z.string().trim().min(1).max(200)

export function documentRoutes({ documents, thumbnails }: { documents: Documents; thumbnails: Thumbnails }) {
  return new Hono()
    .get('/', async (c) => c.json(await documents.list()))
    .post('/', validate('json', z.object({ name: nameSchema.optional() })), async (c) =>
      c.json(await documents.create(c.req.valid('json').name), 201),
    )
    .get('/:id', async (c) => c.json(await documents.get(c.req.param('id'))))
    .patch('/:id', validate('json', z.object({ name: nameSchema })), async (c) =>
      c.json(await documents.rename(c.req.param('id'), c.req.valid('json').name)),
    )
    .delete('/:id', async (c) => {
      await documents.delete(c.req.param('id'), c.req.header(WINDOW_HEADER))
      return c.body(null, 204)
    })
    .post('/:id/duplicate', async (c) => c.json(await documents.duplicate(c.req.param('id')), 201))
    .post('/:id/open', async (c) => c.json(await documents.open(c.req.param('id'), windowOf(c))))
    .post('/:id/close', async (c) => {
      await documents.close(c.req.param('id'), windowOf(c))
      return c.body(null, 204)
    })
    .post('/:id/lines', validate('json', logLineSchema), async (c) => {
      await documents.append(c.req.param('id'), windowOf(c), c.req.valid('json'))
      return c.body(null, 204)
    })
    .put('/:id/view', validate('json', documentViewSchema), async (c) => {
      await documents.saveView(c.req.param('id'), windowOf(c), c.req.valid('json'))
      return c.body(null, 204)
    })
    .get('/:id/thumbnail', async (c) => {
      const { picture } = await documents.get(c.req.param('id'))
      if (picture === null) throw new EngineError('not-found', 'This document has no picture yet.')
      const thumbnail = await thumbnails.get(picture)
      // With the picture's name in the address it never changes; without, it does with every command.
      const caching = c.req.query('v') === picture ? IMMUTABLE : 'no-cache'
      return c.body(new Uint8Array(thumbnail), 200, { 'content-type': 'image/webp', 'cache-control': caching })
    })
}

function windowOf(c: Context): string {
  const window = c.req.header(WINDOW_HEADER)
  if (window) return window
  throw new EngineError('invalid-request', `The request does not say which window it comes from (${WINDOW_HEADER}).`)
}
