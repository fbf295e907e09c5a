import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { getMimeType } from 'hono/utils/mime'

/**
 * What the page may load: its own files and nothing from any network, so that "nothing leaves the machine" does not rest
 * on our own care.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS_OF_EVERY_ANSWER = {
  'x-content-type-options': 'nosniff',
  // The browser host's address holds a secret.
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

const HEADERS_OF_FILES = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), usb=()',
}

/**
 * One file of the built renderer, for the hosts; `/` is the page. A path that names nothing inside `folder` is 404.
 *
 * @param pathname  of the request's URL, percent-encoded.
 */
export async function serveRendererFile(folder: string, pathname: string): Promise<Response> {
  const file = resolveInside(folder, pathname === '/' ? '/index.html' : pathname)
  const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined)
  if (file === undefined || bytes === undefined) return new Response('Not found', { status: 404 })
  return new Response(bytes, {
    headers: {
      ...HEADERS_OF_FILES,
      'content-type': getMimeType(file) ?? 'application/octet-stream',
      // Everything but the page itself carries its content's hash in its name.
      'cache-control': file.endsWith('.html') ? 'no-cache' : 'max-age=31536000, immutable',
    },
  })
}

function resolveInside(folder: string, pathname: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (/[\0\\]/.test(decoded)) return undefined
  const file = path.join(folder, decoded)
  const inside = path.relative(folder, file)
  return inside.startsWith('..') || path.isAbsolute(inside) ? undefined : file
}

/** Adds to any answer, the engine's too, what a page of another origin may not do with it. */
export function addSecurityHeaders(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(HEADERS_OF_EVERY_ANSWER)) headers.set(name, value)
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}
