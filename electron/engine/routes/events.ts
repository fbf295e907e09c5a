import { Hono } from 'hono'
import { z } from 'zod'
import type { EngineEvent } from '../../api/jobs.ts'
import type { EventHub } from '../jobs/event-hub.ts'
import { validate } from './request-validation.ts'

const querySchema = z.object({ window: z.string().min(1).max(100) })

/** `GET /events?window=ID`: the one event stream of a window. */
export function eventRoutes(events: EventHub, snapshot: () => EngineEvent) {
  return new Hono().get('/', validate('query', querySchema), (c) => {
    const stream = events.connect(c.req.valid('query').window, snapshot)
    return new Response(stream, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    })
  })
}
