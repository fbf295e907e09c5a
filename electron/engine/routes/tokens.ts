import { Hono } from 'hono'
import { z } from 'zod'
import { blobHashSchema } from '../../api/images.ts'
import type { TokenLibrary } from '../packs/token-library.ts'
import { validate } from './request-validation.ts'

const pictureSchema = z.object({ packId: z.string(), imageId: blobHashSchema })

export function tokenRoutes(tokens: TokenLibrary) {
  return new Hono()
    .get('/:packId/pictures/:imageId', validate('param', pictureSchema), async (c) => {
      const { packId, imageId } = c.req.valid('param')
      const { crop, tokens: own } = await tokens.picture(packId, imageId)
      return answerNumbers(own, { x: crop.x, y: crop.y, 'cell-size': crop.cellSize, rows: crop.rows, columns: crop.columns })
    })
    .get('/:packId/reconstructions/:imageId', validate('param', pictureSchema), async (c) => {
      const { packId, imageId } = c.req.valid('param')
      const { data, width, height } = await tokens.reconstruction(packId, imageId)
      return answerNumbers(data, { width, height })
    })
    .get('/:packId/codebook', async (c) => {
      const { vectors, codeCount, width } = await tokens.codebook(c.req.param('packId'))
      return answerNumbers(vectors, { codes: codeCount, width })
    })
    .get('/:packId/colours', async (c) => answerNumbers(await tokens.colours(c.req.param('packId')), {}))
}

/** Little-endian, as the machine has them; what they mean stands in headers named `remask-…`. */
function answerNumbers(numbers: Uint16Array | Float32Array | Uint8Array, about: Record<string, number>): Response {
  const headers = Object.entries(about).map(([name, value]): [string, string] => [`remask-${name}`, String(value)])
  const type: [string, string] = ['content-type', 'application/octet-stream']
  return new Response(new Uint8Array(numbers.slice().buffer), { headers: [type, ['cache-control', 'no-store'], ...headers] })
}
