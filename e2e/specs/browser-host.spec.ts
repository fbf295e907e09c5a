import http from 'node:http'
import { expect, test } from '../harness/test.ts'

/** `fetch` sets these headers itself; a bare request does not. */
const statusOf = (url: string, headers: Record<string, string> = {}) =>
  new Promise<number | undefined>((resolve, reject) => {
    http.get(url, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject)
  })

test('answers only behind its secret, to its own host name, and to its own page', async ({ remask }) => {
  const { origin, pathname, href } = new URL(remask.page.url())
  expect(pathname).toMatch(/^\/[0-9a-f]{32}\//)
  expect(await statusOf(`${href}api/about`)).toBe(200)
  expect(await statusOf(`${origin}/api/about`)).toBe(404)
  expect(await statusOf(`${origin}/${'0'.repeat(32)}/api/about`)).toBe(404)
  expect(await statusOf(`${href}api/about`, { host: 'remask.example' })).toBe(403)
  expect(await statusOf(`${href}api/about`, { 'sec-fetch-site': 'cross-site' })).toBe(403)
})

test('cannot be read or framed by a page of another origin', async ({ remask }) => {
  remask.guard.allow(/.*/)
  const stranger = http.createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>stranger'))
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const { port } = stranger.address() as { port: number }
  const page = await remask.page.context().newPage()
  await page.goto(`http://localhost:${port}/`)
  const outcome = await page.evaluate(async (address) => {
    const frame = document.createElement('iframe')
    frame.src = address
    document.body.append(frame)
    await new Promise((resolve) => (frame.onload = resolve))
    const read = await fetch(`${address}api/about`).then(() => 'read', () => 'refused')
    const sent = await fetch(`${address}api/about`, { mode: 'no-cors' }).then((answer) => answer.type, () => 'refused')
    return { read, sent, framed: frame.contentDocument?.title ?? 'nothing' }
  }, remask.page.url())
  expect(outcome.read).toBe('refused')
  expect(outcome.sent).not.toBe('basic')
  expect(outcome.framed).not.toContain('Remask')
  await page.close()
  stranger.close()
})

test('can be opened from a file, as npm start opens it', async ({ remask }) => {
  const page = await remask.page.context().newPage()
  await page.goto('data:text/html,<p>elsewhere')
  const url = remask.page.url()
  await page.setContent(`<meta http-equiv="refresh" content="0; url=${url}">`)
  await page.waitForURL(url)
  await expect(page).toHaveTitle(/Remask/)
})
