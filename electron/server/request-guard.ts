import { timingSafeEqual } from 'node:crypto'

/** What decides whether a request is the user's own page. */
export interface GuardedRequest {
  readonly method: string
  readonly pathname: string
  readonly headers: Headers
}

export type Verdict = { readonly isAllowed: true; readonly pathname: string } | { readonly isAllowed: false; readonly status: 403 | 404 }

/**
 * Lets through only what comes from the page that was opened with the secret address. Other users of this machine and
 * other web pages in the same browser reach loopback too: the secret keeps out the first; the exact host (a rebound DNS
 * name) and the fetch metadata (a page of another origin) the second.
 *
 * @param secret  the first segment of every path; the rest is what the program sees.
 */
export function checkRequest(request: GuardedRequest, port: number, secret: string): Verdict {
  const host = request.headers.get('host')
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return { isAllowed: false, status: 403 }
  const [, given = '', ...rest] = request.pathname.split('/')
  if (!isEqualSecret(given, secret)) return { isAllowed: false, status: 404 }
  if (!isOwnPage(request)) return { isAllowed: false, status: 403 }
  return { isAllowed: true, pathname: `/${rest.join('/')}` }
}

function isEqualSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * A browser says with every request to loopback where it comes from; programs that are no browser do not, and have shown
 * the secret. The page itself may also be navigated to from elsewhere: it is opened from a file (redirect-file.ts).
 */
function isOwnPage({ method, headers }: GuardedRequest): boolean {
  const site = headers.get('sec-fetch-site')
  if (site === null || site === 'same-origin' || site === 'none') return true
  return method === 'GET' && headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document'
}
