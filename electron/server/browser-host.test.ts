import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBrowserHost, type BrowserHost } from './browser-host.ts'

let rendererFolder: string
beforeAll(() => {
  rendererFolder = mkdtempSync(path.join(tmpdir(), 'remask-host-'))
  writeFileSync(path.join(rendererFolder, 'index.html'), '<!doctype html><title>Remask</title>')
})
afterAll(() => rmSync(rendererFolder, { recursive: true }))

let noteCancelled: () => void
const streamCancelled = new Promise<void>((resolve) => (noteCancelled = resolve))

const fetchEngine = async (request: Request) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/api/events') {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: first\n\n')),
      cancel: () => noteCancelled(),
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  return Response.json({ pathname, method: request.method, byteCount: (await request.arrayBuffer()).byteLength })
}

describe('the browser host', () => {
  let host: BrowserHost
  beforeEach(async () => {
    host = await startBrowserHost({ fetchEngine, rendererFolder, port: 0 })
  })
  afterEach(() => host.close())

  it('serves the page and the engine below its secret', async () => {
    expect(await (await fetch(host.url)).text()).toContain('<title>Remask</title>')
    const answer = await fetch(`${host.url}api/about?x=1`)
    expect(await answer.json()).toMatchObject({ pathname: '/api/about' })
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('takes uploads', async () => {
    const answer = await fetch(`${host.url}api/blobs`, { method: 'POST', body: new Uint8Array(3_000_000) })
    expect(await answer.json()).toEqual({ pathname: '/api/blobs', method: 'POST', byteCount: 3_000_000 })
  })

  it('has 128 bits of secret, other ones each time', async () => {
    const other = await startBrowserHost({ fetchEngine, rendererFolder, port: 0 })
    const [a, b] = [host, other].map(({ url }) => new URL(url).pathname)
    expect(a).toMatch(/^\/[0-9a-f]{32}\/$/)
    expect(a).not.toBe(b)
    await other.close()
  })

  it('answers nothing without it', async () => {
    const { origin } = new URL(host.url)
    for (const pathname of ['/', '/api/about', '/index.html']) expect((await fetch(origin + pathname)).status).toBe(404)
  })

  it('refuses another host name', async () => {
    expect(await statusFor(host.url, { host: 'evil.example' })).toBe(403)
    expect(await statusFor(host.url, {})).toBe(200)
  })

  it('tells the engine when an event stream is closed', async () => {
    const abort = new AbortController()
    const answer = await fetch(`${host.url}api/events`, { signal: abort.signal })
    await answer.body?.getReader().read()
    abort.abort()
    await streamCancelled
  })

  it('says that a port is in use', async () => {
    const port = Number(new URL(host.url).port)
    await expect(startBrowserHost({ fetchEngine, rendererFolder, port })).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining(String(port)),
    })
  })

  it('ends although an event stream is open', async () => {
    const other = await startBrowserHost({ fetchEngine, rendererFolder, port: 0 })
    const answer = await fetch(`${other.url}api/events`)
    await other.close()
    await expect(answer.text()).rejects.toThrow()
  })
})

/** `fetch` sets the host itself; a bare request does not. */
function statusFor(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    http.get(url, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject)
  })
}
