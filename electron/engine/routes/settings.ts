import { Hono } from 'hono'
import { settingsSchema } from '../../api/settings.ts'
import type { SettingsStore } from '../settings.ts'
import { validate } from './request-validation.ts'

export function settingsRoutes(settings: SettingsStore) {
  return new Hono()
    .get('/', (c) => c.json(settings.get()))
    .put('/', validate('json', settingsSchema), async (c) => c.json(await settings.put(c.req.valid('json'))))
}
