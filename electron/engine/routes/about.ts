import { Hono } from 'hono'
import type { About } from '../../api/about.ts'

export function aboutRoutes(about: About) {
  return new Hono().get('/', (c) => c.json(about))
}
