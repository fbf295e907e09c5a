import { Hono } from 'hono'
import { z } from 'zod'
import { installRequestSchema, modelSourceSchema } from '../../api/installs.ts'
import type { Installs } from '../installs/installs.ts'
import { validate } from './request-validation.ts'

export function installRoutes(installs: Installs) {
  return new Hono()
    .get('/', (c) => c.json(installs.list()))
    .post('/inspect', validate('json', z.object({ source: modelSourceSchema })), async (c) =>
      c.json(await installs.inspect(c.req.valid('json').source)),
    )
    .post('/', validate('json', installRequestSchema), async (c) => c.json(await installs.start(c.req.valid('json')), 201))
    .post('/:id/pause', async (c) => c.json(await installs.pause(c.req.param('id'))))
    .post('/:id/resume', async (c) => c.json(await installs.resume(c.req.param('id'))))
    .delete('/:id', async (c) => c.json(await installs.cancel(c.req.param('id'))))
}
