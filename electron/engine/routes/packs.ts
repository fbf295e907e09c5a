import { Hono } from 'hono'
import path from 'node:path'
import { z } from 'zod'
import { adapterRequestSchema, precisionChoiceSchema, type PackFolder } from '../../api/packs.ts'
import type { FileRegistry } from '../file-registry.ts'
import type { InferenceClient } from '../inference-client/inference-client.ts'
import type { PackLibrary } from '../packs/packs.ts'
import { IMMUTABLE } from './raw-answer.ts'
import { validate } from './request-validation.ts'

const promptSchema = z.object({ prompt: z.string().max(2000) })

export function packRoutes(packs: PackLibrary, inference: InferenceClient, files: FileRegistry) {
  return new Hono()
    .get('/', async (c) => c.json(await packs.summarize()))
    .post('/:id/verify', async (c) => c.json(await packs.verify(c.req.param('id'))))
    .post('/:id/check-prompt', validate('json', promptSchema), async (c) =>
      c.json(await packs.checkPrompt(c.req.param('id'), c.req.valid('json').prompt)),
    )
    .get('/:id/styles/:index/thumbnail', async (c) => {
      const bytes = await packs.readStyleThumbnail(c.req.param('id'), Number(c.req.param('index')))
      // With the pack's version in the address it never changes.
      const caching = c.req.query('v') === undefined ? 'no-cache' : IMMUTABLE
      return c.body(bytes, 200, { 'content-type': 'image/webp', 'cache-control': caching })
    })
    .get('/:id/card', async (c) => c.json(await packs.readCard(c.req.param('id'))))
    .put('/:id/precision', validate('json', z.object({ choice: precisionChoiceSchema })), async (c) =>
      c.json(await packs.choosePrecision(c.req.param('id'), c.req.valid('json').choice)),
    )
    .post('/:id/adapters', validate('json', adapterRequestSchema), async (c) => {
      const { source, name } = c.req.valid('json')
      const file = source.kind === 'file' ? files.pathOf(source.fileId, 'open') : path.resolve(source.path)
      return c.json(await packs.addAdapter(c.req.param('id'), file, name), 201)
    })
    .delete('/:id/adapters/:adapterId', async (c) => c.json(await packs.removeAdapter(c.req.param('id'), c.req.param('adapterId'))))
    /** Registers the folder, so that the host can show it. */
    .post('/:id/folder', async (c) => {
      const { folder } = await packs.find(c.req.param('id'))
      return c.json<PackFolder>({ path: folder, fileId: files.registerForOpening(folder) })
    })
    .delete('/:id', async (c) => {
      await packs.remove(c.req.param('id'))
      return c.body(null, 204)
    })
    /** Starts loading in the background; how far it is comes with the events. */
    .post('/:id/load', async (c) => {
      inference.load(await packs.find(c.req.param('id')))
      return c.json(inference.model, 202)
    })
}
