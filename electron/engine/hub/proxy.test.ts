import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeTestFolder } from '../testing/engine-under-test.ts'
import { startHubServer, type HubServer } from '../testing/hub-server.ts'
import { downloadFiles } from './download.ts'
import { HubClient } from './hub-client.ts'
import { PartsLog } from './parts-log.ts'

const FILES = new Map([['weights/large.safetensors', Buffer.alloc(50_000, 7)], ['config.json', Buffer.from('{}')]])

/** A real proxy: it joins two connections when it is asked to, and notes where to. */
class Proxy {
  readonly reached: string[] = []
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  constructor() {
    this.#server = createServer((_request, response) => void response.writeHead(405).end())
    this.#server.on('connect', (request, client: Socket, head) => {
      this.reached.push(request.url!)
      const { hostname, port } = new URL(`http://${request.url!}`)
      const target = connect(Number(port), hostname, () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        target.write(head)
        target.pipe(client).pipe(target)
      })
      for (const socket of [client, target]) {
        this.#sockets.add(socket)
        socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket))
      }
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

let server: HubServer
let proxy: Proxy
let proxyUrl: string
const before = { ...process.env }
beforeEach(async () => {
  server = await startHubServer(FILES)
  proxy = new Proxy()
  proxyUrl = await proxy.listen()
})
afterEach(async () => {
  process.env = { ...before }
  await server.close()
  await proxy.close()
})

async function fetchAll(setting: string | null): Promise<void> {
  const hub = new HubClient({ endpoint: server.url, proxy: setting })
  const folder = await makeTestFolder()
  const log = await PartsLog.open(join(folder, 'parts.log'))
  try {
    const { commit, files } = await hub.lookUp('owner/tiny', 'main', AbortSignal.timeout(20_000))
    await downloadFiles({
      hub, repository: 'owner/tiny', commit, files, folder, log, signal: AbortSignal.timeout(20_000), onBytes: () => {}, onOffline: () => {},
    })
    for (const [name, bytes] of FILES) expect((await readFile(join(folder, name))).equals(bytes)).toBe(true)
  } finally {
    await log.close()
    await hub.dispose()
  }
}

describe('downloading by way of a proxy', () => {
  it('goes through the one in the settings, to the Hub and to where it sends for files', async () => {
    await fetchAll(proxyUrl)
    expect(new Set(proxy.reached).size).toBe(2)
    expect(proxy.reached).toContain(new URL(server.url).host)
  })

  it('goes through the one the environment names, and past it where the environment says so', async () => {
    // The mirror's address is plain HTTP, as some are.
    Object.assign(process.env, { http_proxy: proxyUrl, no_proxy: '' })
    await fetchAll(null)
    expect(proxy.reached).toContain(new URL(server.url).host)
    proxy.reached.length = 0
    process.env['no_proxy'] = '127.0.0.1'
    await fetchAll(null)
    expect(proxy.reached).toEqual([])
  })

  it('says that the Hub cannot be reached where the proxy is not there', async () => {
    await proxy.close()
    const hub = new HubClient({ endpoint: server.url, proxy: proxyUrl })
    const looking = hub.lookUp('owner/tiny', 'main', AbortSignal.timeout(20_000))
    await expect(looking).rejects.toThrow(/cannot be reached/)
    expect(server.asked).toEqual([])
    await hub.dispose()
    await proxy.listen()
  })
})
