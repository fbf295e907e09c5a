import type { Install } from '../../electron/api/installs.ts'
import type { Provider } from '../../electron/api/providers.ts'
import { INFERENCE_STRINGS } from '../../electron/api/strings/inference.ts'
import { INSTALL_PROGRESS_STRINGS } from '../../electron/api/strings/models-dialog.ts'
import { createAnalyses } from '../engine/analyses.ts'
import { createEngineClient } from '../engine/engine-client.ts'
import { createEngineFetch } from '../engine/engine-request.ts'
import { openEventStream } from '../engine/event-stream.ts'
import { createInstallStore } from '../engine/install-store.ts'
import { createJobStore } from '../engine/job-store.ts'
import { createLibraryStore, selectPack } from '../engine/library-store.ts'
import { createTileSource } from '../engine/tile-source.ts'
import { claimWindowId } from '../engine/window-id.ts'
import { createBrowserHost } from '../shell/browser-host.ts'
import { createDesktopHost } from '../shell/desktop-host.ts'
import { createAppStore } from './app-store.ts'
import { followRoute } from './documents.ts'
import { currentSession, type Program } from './program.ts'
import { attempt } from './report-error.ts'

/** Of decoded tiles: a 24-megapixel picture at full size and its neighbours' levels. */
const TILE_BUDGET_BYTES = 192 * 2 ** 20

/** Wires the page: engine, host, stores, and what follows from the address. Called once. */
export function createProgram(page: Window): Program {
  const windowId = claimWindowId(page.sessionStorage, page)
  const client = createEngineClient(new URL('.', page.document.baseURI).href, createEngineFetch(windowId))
  const jobs = createJobStore(client.getPreview)
  const library = createLibraryStore(client)
  const installs = createInstallStore()
  const tiles = createTileSource({ getTile: client.getTile, budgetBytes: TILE_BUDGET_BYTES })
  const analyses = createAnalyses(client)
  const stream = openEventStream({
    url: client.eventsUrl(windowId),
    onEvent: (event) => {
      jobs.receive(event)
      installs.receive(event)
      if (event.type === 'packs') library.refreshPacks().catch(() => {})
      if (event.type === 'provider-crashed') tellCrash(program, event.provider)
      analyses.receive(event)
    },
    onConnection: jobs.setConnection,
  })
  const host = page.shell ? createDesktopHost(page.shell) : createBrowserHost(page.navigator)
  const store = createAppStore()
  const engine = { client, jobs, library, installs, analyses, tiles, reconnect: stream.reconnect }
  const program: Program = { engine, host, store }

  jobs.subscribe((state, before) => {
    // Back again: whatever may have changed meanwhile is asked for, and what could not be written is written.
    if (state.connection !== 'open' || before.connection === 'open') return
    library.refresh().then(() => loadPack(program), () => {})
    currentSession(program)?.store.retrySaving()
    analyses.refresh()
  })
  installs.onDone((install) => tellInstalled(program, install))
  library.subscribe(() => showTitle(program))
  store.subscribe(() => showTitle(program))
  page.addEventListener('popstate', () => followRoute(program))
  page.addEventListener('hashchange', () => followRoute(program))
  page.addEventListener('beforeunload', (event) => {
    if (currentSession(program)?.store.getState().saving.kind === 'unsaved') event.preventDefault()
  })
  page.addEventListener('pagehide', stream.dispose)
  followRoute(program)
  return program
}

/** In the background, so that the first picture does not wait for it. */
function loadPack({ engine }: Program): void {
  const pack = selectPack(engine.library.getState())
  if (pack && engine.jobs.getState().model.state === 'idle') void engine.client.loadPack(pack.id).catch(() => {})
}

function tellInstalled(program: Program, { name, packId }: Install): void {
  const use = () => attempt(program, () => program.engine.library.changeSettings({ packId }))
  program.store.notify({
    kind: 'success',
    title: INSTALL_PROGRESS_STRINGS.done(name),
    action: packId === null ? undefined : { label: INSTALL_PROGRESS_STRINGS.use, onAct: use },
  })
}

function tellCrash({ store }: Program, provider: Provider): void {
  store.notify({ kind: 'error', title: INFERENCE_STRINGS.passedOver.crashed(INFERENCE_STRINGS.providers[provider]) })
}

function showTitle(program: Program): void {
  const id = currentSession(program)?.id
  const name = program.engine.library.getState().documents?.find((summary) => summary.id === id)?.name
  program.host.setTitle(name === undefined ? 'Remask' : `${name} – Remask`)
}
