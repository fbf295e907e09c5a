import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { EngineError } from '../api/errors.ts'
import { START_STRINGS } from '../api/strings/hosts.ts'
import { addSecurityHeaders, serveRendererFile } from '../engine/renderer-files.ts'
import { checkRequest } from './request-guard.ts'

/** 128 bits: not to be guessed over a connection however fast. */
const SECRET_BYTES = 16

export interface BrowserHostOptions {
  readonly fetchEngine: (request: Request) => Promise<Response>
  readonly rendererFolder: string
  /** 0 = any free one. */
  readonly port: number
}

export interface BrowserHost {
  /** With the secret in its path: whoever has it can use the program. */
  readonly url: string
  /** Ends it, open event streams too. */
  close(): Promise<void>
}

/**
 * Serves the engine and the renderer on loopback, below a secret that is new each time.
 *
 * Throws EngineError `port-in-use`.
 */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  let port = 0

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const verdict = checkRequest({ method: request.method, pathname: url.pathname, headers: request.headers }, port, secret)
    if (!verdict.isAllowed) return new Response(verdict.status === 404 ? 'Not found' : 'Refused', { status: verdict.status })
    if (!verdict.pathname.startsWith('/api/')) return serveRendererFile(options.rendererFolder, verdict.pathname)
    url.pathname = verdict.pathname
    return options.fetchEngine(new Request(url, request))
  }
  const server = createAdaptorServer({ fetch: async (request) => addSecurityHeaders(await answer(request)) })

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, options.port)))
    server.listen(options.port, '127.0.0.1', resolve)
  })
  port = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${port}/${secret}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

function describeListenError(error: NodeJS.ErrnoException, port: number): Error {
  // EACCES: a port that only an administrator may use, and on Windows one that the system keeps for itself.
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error
  return new EngineError('port-in-use', START_STRINGS.portInUse(port), { cause: error })
}
