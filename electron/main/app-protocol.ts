import { protocol } from 'electron'
import { addSecurityHeaders, serveRendererFile } from '../engine/renderer-files.ts'
import { APP_SCHEME, isOwnUrl } from './own-page.ts'

/** Before the program is ready: what the scheme may do. `stream` is for event streams. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
}

/** Serves the page and, below `/api/`, the engine. */
export function serveAppProtocol(fetchEngine: (request: Request) => Promise<Response>, rendererFolder: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (!isOwnUrl(request.url)) return new Response('Not found', { status: 404 })
    const { pathname } = new URL(request.url)
    const isForEngine = pathname.startsWith('/api/')
    return addSecurityHeaders(await (isForEngine ? fetchEngine(request) : serveRendererFile(rendererFolder, pathname)))
  })
}
