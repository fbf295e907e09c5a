import { describe, expect, it } from 'vitest'
import { checkRequest } from './request-guard.ts'

const SECRET = '0123456789abcdef0123456789abcdef'
const check = (pathname: string, headers: Record<string, string> = {}, method = 'GET') =>
  checkRequest({ method, pathname, headers: new Headers({ host: '127.0.0.1:8123', ...headers }) }, 8123, SECRET)

const refused = (status: 403 | 404) => ({ isAllowed: false, status })

describe('the browser host', () => {
  it('hands on the path behind the secret', () => {
    expect(check(`/${SECRET}/api/about`)).toEqual({ isAllowed: true, pathname: '/api/about' })
    expect(check(`/${SECRET}/`)).toEqual({ isAllowed: true, pathname: '/' })
    expect(check(`/${SECRET}/`, { host: 'localhost:8123' })).toEqual({ isAllowed: true, pathname: '/' })
  })

  it.each(['/', '/api/about', `/${SECRET}x/api/about`, `/${SECRET.slice(1)}/api/about`, `//${SECRET}/api/about`])(
    'does not know %s',
    (pathname) => expect(check(pathname)).toEqual(refused(404)),
  )

  it.each(['evil.example:8123', '127.0.0.1:8124', '127.0.0.1', 'localhost.evil.example:8123', '[::1]:8123'])(
    'refuses the host %s even with the secret',
    (host) => expect(check(`/${SECRET}/`, { host })).toEqual(refused(403)),
  )

  it('takes requests of its own page and of the address bar', () => {
    for (const site of ['same-origin', 'none']) {
      expect(check(`/${SECRET}/api/jobs`, { 'sec-fetch-site': site }, 'POST')).toMatchObject({ isAllowed: true })
    }
  })

  it.each(['cross-site', 'same-site'])('refuses what a %s page asks for', (site) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
    expect(check(`/${SECRET}/api/about`, headers)).toEqual(refused(403))
    const frame = { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }
    expect(check(`/${SECRET}/`, frame)).toEqual(refused(403))
  })

  it('can be navigated to from elsewhere, but not posted to', () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect(check(`/${SECRET}/`, headers)).toMatchObject({ isAllowed: true })
    expect(check(`/${SECRET}/api/jobs`, headers, 'POST')).toEqual(refused(403))
  })
})
