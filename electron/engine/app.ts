import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { About } from '../api/about.ts'
import { EngineError } from '../api/errors.ts'
import { aboutRoutes } from './routes/about.ts'
import { settingsRoutes } from './routes/settings.ts'
import type { SettingsStore } from './settings.ts'

/** What the routes are mounted on. */
export interface EngineParts {
  about: About
  settings: SettingsStore
}

/** The engine's HTTP face: every route below `/api`, every failure an `EngineError` in JSON. */
export function createApp(parts: EngineParts) {
  const app = new Hono()
    .basePath('/api')
    .route('/about', aboutRoutes(parts.about))
    .route('/settings', settingsRoutes(parts.settings))
  app.notFound(() => new EngineError('not-found', 'The engine has no such address.').toResponse())
  app.onError((error) => toEngineError(error).toResponse())
  return app
}

/** For the typed client: `hc<App>('/')`. Import it as a type only. */
export type App = ReturnType<typeof createApp>

function toEngineError(thrown: Error): EngineError {
  // Hono's own: a body that is no JSON, for instance.
  if (thrown instanceof HTTPException) return new EngineError('invalid-request', thrown.message, { cause: thrown })
  const error = EngineError.from(thrown)
  if (error.code === 'internal') console.error(error.cause ?? error)
  return error
}
