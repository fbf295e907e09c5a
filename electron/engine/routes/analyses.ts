import { Hono } from 'hono'
import { analysisRequestSchema } from '../../api/analyses.ts'
import type { Analyses } from '../analyses/analyses.ts'
import { validate } from './request-validation.ts'

export function analysisRoutes(analyses: Analyses) {
  return new Hono()
    .post('/', validate('json', analysisRequestSchema), async (c) => c.json(await analyses.add(c.req.valid('json')), 201))
    .get('/:id', (c) => c.json(analyses.get(c.req.param('id'))))
    .get('/:id/result', (c) => c.json(analyses.result(c.req.param('id'))))
    .delete('/:id', (c) => c.json(analyses.cancel(c.req.param('id'))))
}
