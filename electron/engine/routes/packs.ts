import { Hono } from 'hono'
import { z } from 'zod'
import type { InferenceClient } from '../inference-client/inference-client.ts'
import type { PackLibrary } from '../packs/packs.ts'
import { validate } from './request-validation.ts'

const promptSchema = z.object({ prompt: z.string().max(2000) })

export function packRoutes(packs: PackLibrary, inference: InferenceClient) {
  return new Hono()
    .get('/', async (c) => c.json(await packs.summarize()))
    .post('/:id/verify', async (c) => c.json(await packs.verify(c.req.param('id'))))
    .post('/:id/check-prompt', validate('json', promptSchema), async (c) =>
      c.json(await packs.checkPrompt(c.req.param('id'), c.req.valid('json').prompt)),
    )
    /** Starts loading in the background; how far it is comes with the events. */
    .post('/:id/load', async (c) => {
      inference.load(await packs.find(c.req.param('id')))
      return c.json(inference.model, 202)
    })
}
