import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

/** How a test wants one answer spoilt: another status, a connection that breaks half-way, bytes that are wrong. */
export type Trouble = { readonly status: number; readonly headers?: Record<string, string> } | 'break' | 'garble'

/** A real HTTP server that speaks the Hub's API for one repository, `owner/tiny`, and sends files from a second address. */
export interface HubServer {
  readonly url: string
  /** `path range` of each file that was asked for. */
  readonly asked: string[]
  /** Called for each file, and for `''` when the repository is looked up. */
  trouble: (file: string) => Trouble | undefined
  close(): Promise<void>
}

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
/** As on the Hub, what is larger is stored by its SHA-256. */
const LARGE_BYTES = 20_000

export async function startHubServer(files: ReadonlyMap<string, Buffer>): Promise<HubServer> {
  const asked: string[] = []
  const hub: { trouble: HubServer['trouble'] } = { trouble: () => undefined }

  const cdn = await listen((request, response) => {
    const name = decodeURIComponent(request.url!.slice(1))
    asked.push(`${name} ${request.headers.range ?? 'whole'}`)
    sendFile(files.get(name)!, request, response, hub.trouble(name))
  })
  const api = await listen((request, response) => {
    const { pathname } = new URL(request.url!, 'http://hub')
    const file = /^\/owner\/tiny\/resolve\/[^/]+\/(.+)$/.exec(pathname)?.[1]
    if (file !== undefined) return void response.writeHead(302, { location: `${cdn.url}/${file}` }).end()
    const trouble = hub.trouble('')
    if (typeof trouble === 'object') return void response.writeHead(trouble.status, trouble.headers).end()
    if (pathname !== '/api/models/owner/tiny/revision/main') {
      return void response.writeHead(401, { 'x-error-code': 'RepoNotFound' }).end()
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(describe(files)))
  })
  return {
    url: api.url,
    asked,
    get trouble() {
      return hub.trouble
    },
    set trouble(trouble) {
      hub.trouble = trouble
    },
    async close() {
      await Promise.all([api.close(), cdn.close()])
    },
  }
}

/** All files of a folder, by their path in it. */
export async function readFolder(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(path.relative(folder, file).split(path.sep).join('/'), await readFile(file))
  }
  return files
}

function describe(files: ReadonlyMap<string, Buffer>) {
  const siblings = [...files].map(([rfilename, bytes]) => {
    const blobId = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const lfs = bytes.length > LARGE_BYTES ? { sha256, size: bytes.length, pointerSize: 130 } : undefined
    return { rfilename, size: bytes.length, blobId, lfs }
  })
  return { id: 'owner/tiny', sha: COMMIT, private: false, gated: false, siblings }
}

function sendFile(bytes: Buffer, request: IncomingMessage, response: ServerResponse, trouble: Trouble | undefined): void {
  if (typeof trouble === 'object') return void response.writeHead(trouble.status, trouble.headers).end()
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
  const [start, end] = from === undefined ? [0, bytes.length] : [Number(from), Number(to) + 1]
  const part = Buffer.from(bytes.subarray(start, end))
  if (trouble === 'garble') part[part.length - 1]! ^= 1
  response.writeHead(from === undefined ? 200 : 206, {
    'content-length': part.length,
    ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` }),
  })
  if (trouble === 'break') response.write(part.subarray(0, part.length / 2), () => response.destroy())
  else response.end(part)
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
