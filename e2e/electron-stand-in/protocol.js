import http from 'node:http'
import { Readable } from 'node:stream'

const handlers = new Map()
let port

/** `app://host/path` as the address Chromium can load: a loopback name per scheme, which counts as secure. */
export function toLoopback(address) {
  const url = new URL(address)
  if (!handlers.has(url.protocol.slice(0, -1))) return address
  return `http://${url.host}.${url.protocol.slice(0, -1)}.localhost:${port}${url.pathname}${url.search}${url.hash}`
}

/** And back, as the program shall see it. */
export function fromLoopback(address) {
  return address.replace(/^http:\/\/([^/]*)\.([a-z][a-z0-9+.-]*)\.localhost:\d+/, (all, host, scheme) =>
    handlers.has(scheme) ? `${scheme}://${host}` : all,
  )
}

export const protocol = {
  registerSchemesAsPrivileged() {},
  handle(scheme, handler) {
    if (handlers.has(scheme)) throw new Error(`${scheme} is already handled`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme) => handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
}

export async function startSchemeServer() {
  const server = http.createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error) => {
      console.error(error)
      outgoing.destroy()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = server.address().port
  server.unref()
}

async function answer(incoming, outgoing) {
  const [, host, scheme] = /^(.*)\.([a-z][a-z0-9+.-]*)\.localhost:\d+$/.exec(incoming.headers.host ?? '') ?? []
  const handler = handlers.get(scheme)
  if (handler === undefined) return void outgoing.writeHead(421).end()
  const response = await handler(toRequest(incoming, `${scheme}://${host}${incoming.url}`))
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body === null) return void outgoing.end()
  const body = Readable.fromWeb(response.body)
  body.on('error', () => outgoing.destroy())
  // As in Electron: a page that goes away cancels the answer's body; the request's signal says nothing.
  outgoing.on('close', () => body.destroy())
  body.pipe(outgoing)
}

function toRequest(incoming, address) {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name !== 'host' && name !== 'connection') headers.set(name, fromLoopback(String(value)))
  }
  const { method } = incoming
  if (method === 'GET' || method === 'HEAD') return new Request(address, { method, headers })
  return new Request(address, { method, headers, body: Readable.toWeb(incoming), duplex: 'half' })
}
