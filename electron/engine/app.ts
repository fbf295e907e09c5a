import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { About } from '../api/about.ts'
import { EngineError } from '../api/errors.ts'
import type { Analyses } from './analyses/analyses.ts'
import type { Activity } from './storage/activity.ts'
import type { Documents } from './documents/documents.ts'
import type { EventHub } from './jobs/event-hub.ts'
import type { FileRegistry } from './file-registry.ts'
import type { InferenceClient } from './inference-client/inference-client.ts'
import type { JobQueue } from './jobs/job-queue.ts'
import type { Installs } from './installs/installs.ts'
import type { PackLibrary } from './packs/packs.ts'
import type { PixelStorage } from './pictures/pixel-storage.ts'
import { aboutRoutes } from './routes/about.ts'
import { analysisRoutes } from './routes/analyses.ts'
import { documentRoutes } from './routes/documents.ts'
import { eventRoutes } from './routes/events.ts'
import { exportRoutes } from './routes/exports.ts'
import { blobRoutes, fileRoutes, imageRoutes, tileImageRoutes } from './routes/images.ts'
import { installRoutes } from './routes/installs.ts'
import { jobRoutes } from './routes/jobs.ts'
import { maskRoutes } from './routes/masks.ts'
import { packRoutes } from './routes/packs.ts'
import { settingsRoutes } from './routes/settings.ts'
import { tokenRoutes } from './routes/tokens.ts'
import type { TokenLibrary } from './packs/token-library.ts'
import type { SettingsStore } from './settings.ts'

/** What the routes are mounted on. */
export interface EngineParts {
  readonly about: About
  readonly settings: SettingsStore
  readonly files: FileRegistry
  readonly activity: Activity
  readonly pixels: PixelStorage
  readonly documents: Documents
  readonly events: EventHub
  readonly packs: PackLibrary
  readonly inference: InferenceClient
  readonly jobs: JobQueue
  readonly tokens: TokenLibrary
  readonly installs: Installs
  readonly analyses: Analyses
  /** Begins to load the pack of the settings in the background. */
  readonly loadChosenPack: () => void
}

/** The engine's HTTP face: every route below `/api`, every failure an `EngineError` in JSON. */
export function createApp(parts: EngineParts) {
  const { about, settings, files, activity, documents, events, packs, inference, jobs, tokens, analyses, installs, loadChosenPack } = parts
  const pixels = { ...parts.pixels, files }
  // A window will want the model soon; the command line says itself when it does.
  const beginWindow = () => {
    loadChosenPack()
    return { type: 'snapshot', jobs: jobs.recent(), model: inference.model, installs: installs.list() } as const
  }
  const app = new Hono()
    .basePath('/api')
    .use(async (c, next) => (READING_METHODS.includes(c.req.method) ? next() : activity.during(next)))
    .route('/about', aboutRoutes(about))
    .route('/settings', settingsRoutes(settings))
    .route('/documents', documentRoutes({ documents, thumbnails: pixels.thumbnails }))
    .route('/images', imageRoutes(pixels))
    .route('/tile-images', tileImageRoutes(pixels))
    .route('/blobs', blobRoutes(pixels))
    .route('/files', fileRoutes(pixels))
    .route('/masks', maskRoutes(pixels))
    .route('/exports', exportRoutes(pixels))
    .route('/events', eventRoutes(events, beginWindow))
    .route('/jobs', jobRoutes(jobs, documents))
    .route('/tokens', tokenRoutes(tokens))
    .route('/packs', packRoutes(packs, inference, files))
    .route('/installs', installRoutes(installs))
    .route('/analyses', analysisRoutes(analyses))
  app.notFound(() => new EngineError('not-found', 'The engine has no such address.').toResponse())
  app.onError((error) => toEngineError(error).toResponse())
  return app
}

/** For the typed client: `hc<App>('/')`. Import it as a type only. */
export type App = ReturnType<typeof createApp>

const READING_METHODS = ['GET', 'HEAD', 'OPTIONS']

function toEngineError(thrown: Error): EngineError {
  // Hono's own: a body that is no JSON, for instance.
  if (thrown instanceof HTTPException) return new EngineError('invalid-request', thrown.message, { cause: thrown })
  const error = EngineError.from(thrown)
  if (error.code === 'internal') console.error(error.cause ?? error)
  return error
}
